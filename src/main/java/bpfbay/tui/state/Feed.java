package bpfbay.tui.state;

import bpfbay.diagnose.Account;
import bpfbay.diagnose.Diagnosis;
import bpfbay.history.Recent;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What comes from the kernel, or from a recording.
 *
 * @param account the last picture with what led to it
 * @param pace the interval at which pictures come
 * @param failure since the last picture
 */
public record Feed(Optional<Account> account, Duration pace, Optional<Failure> failure) {
    public static final Feed NOTHING = new Feed(Optional.empty(), Duration.ofSeconds(1), Optional.empty());

    /** Polls that failed in a row. */
    public record Failure(String why, int times, Instant at) {}

    public Optional<Snapshot> snapshot() {
        return account.map(Account::snapshot);
    }

    /** What changed a short while ago. */
    public Recent recent() {
        return account.map(Account::recent).orElse(Recent.NOTHING);
    }

    public Diagnosis diagnosis() {
        return account.flatMap(Account::diagnosis).orElse(Diagnosis.NOTHING);
    }

    static Feed with(Account next, Duration newPace) {
        return new Feed(Optional.of(next), newPace, Optional.empty());
    }

    /** No picture that changes count from, or that anything can be judged by. */
    Feed glimpsed(Snapshot glance) {
        Account bare = new Account(glance, Recent.NOTHING, List.of(), List.of(), Optional.empty(), Optional.empty());
        return new Feed(Optional.of(bare), pace, Optional.empty());
    }

    Feed failed(String why, Instant at) {
        return new Feed(
                account,
                pace,
                Optional.of(new Failure(why, failure.map(Failure::times).orElse(0) + 1, at)));
    }
}
