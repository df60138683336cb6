package bpfbay.history;

import java.util.Set;

/** One difference between two snapshots. */
public sealed interface Change {
    Identity identity();

    /** It was not there before. */
    record Appeared(Sight after) implements Change {
        @Override
        public Identity identity() {
            return after.thing().identity();
        }
    }

    /** It is not there any more. */
    record Vanished(Sight before) implements Change {
        @Override
        public Identity identity() {
            return before.thing().identity();
        }
    }

    /** It is another in at least one aspect. */
    record Altered(Sight before, Sight after, Set<Aspect> aspects) implements Change {
        public Altered {
            aspects = Set.copyOf(aspects);
        }

        @Override
        public Identity identity() {
            return after.thing().identity();
        }
    }
}
