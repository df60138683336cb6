package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A fact that may be missing for a reason which the reader will ask for. */
public sealed interface Reading<T> {
    /** It was read. */
    record Value<T>(T value) implements Reading<T> {
        public Value {
            requireNonNull(value, "value");
        }
    }

    /** This kernel does not say it; {@code since} is what would, such as {@code Linux 6.6} or {@code BTF}. */
    record Unsupported<T>(String since) implements Reading<T> {
        public Unsupported {
            requireNonNull(since, "since");
        }
    }

    /** These privileges do not allow it; {@code capability} is what is missing, such as {@code CAP_SYS_PTRACE}. */
    record Denied<T>(String capability) implements Reading<T> {
        public Denied {
            requireNonNull(capability, "capability");
        }
    }

    /** The object vanished while it was being read. */
    record Gone<T>() implements Reading<T> {}

    /** It was not asked for, for the stated reason, such as {@code statistics are off}. */
    record NotAsked<T>(String why) implements Reading<T> {
        public NotAsked {
            requireNonNull(why, "why");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NotAsked<?> that && that.why.equals(why);
        }

        @Override
        public int hashCode() {
            return why.hashCode();
        }
    }

    static <T> Reading<T> of(T value) {
        return new Value<>(value);
    }

    default Optional<T> found() {
        return this instanceof Value<T> v ? Optional.of(v.value()) : Optional.empty();
    }

    /** The reason in a few words, as drawn where the value would stand; empty for a value. */
    default String reason() {
        return match(v -> "", since -> "needs " + since, capability -> "needs " + capability, () -> "gone", why -> why);
    }

    default <R> R match(
            Function<T, R> value,
            Function<String, R> unsupported,
            Function<String, R> denied,
            Supplier<R> gone,
            Function<String, R> notAsked) {
        if (this instanceof Value<T> v) {
            return value.apply(v.value());
        } else if (this instanceof Unsupported<T> u) {
            return unsupported.apply(u.since());
        } else if (this instanceof Denied<T> d) {
            return denied.apply(d.capability());
        } else if (this instanceof NotAsked<T> n) {
            return notAsked.apply(n.why());
        }
        return gone.get();
    }
}
