package bpfbay.cli;

import bpfbay.export.Redaction;
import bpfbay.history.OwnSwap;
import bpfbay.model.Clue;
import bpfbay.model.ObjectId;
import bpfbay.model.Snapshot;
import bpfbay.tui.Host;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Journey;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.SwapWish;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/*
 * Names are replaced where a picture enters, so that whatever is made of it later (rows, history, findings, exports,
 * what is copied) knows no others. Instructions and contents of maps hold addresses that nobody can tell from other numbers.
 */
/** The names that the screen of a live host shows: the host's, or others for them. For the polling thread. */
final class ScreenNames {
    private final Optional<Redaction> redaction;

    private ScreenNames(Optional<Redaction> redaction) {
        this.redaction = redaction;
    }

    static ScreenNames of(Invocation invocation) {
        return new ScreenNames(invocation.has(Option.REDACT) ? Optional.of(new Redaction()) : Optional.empty());
    }

    boolean areReplaced() {
        return redaction.isPresent();
    }

    Snapshot of(Snapshot seen) {
        return areReplaced() ? names().of(seen) : seen;
    }

    List<Clue> of(List<Clue> told) {
        return areReplaced() ? told.stream().map(names()::of).toList() : told;
    }

    String text(String sentence) {
        return areReplaced() ? names().text(sentence) : sentence;
    }

    Supplier<List<OwnSwap>> of(Supplier<List<OwnSwap>> swaps) {
        return areReplaced() ? () -> swaps.get().stream().map(names()::of).toList() : swaps;
    }

    private Redaction names() {
        return redaction.orElseThrow();
    }

    /** The host as far as it answers without its names. */
    Host of(Host host, BlockingQueue<Event> events) {
        return areReplaced() ? new Discreet(host, events) : host;
    }

    private record Discreet(Host host, BlockingQueue<Event> events) implements Host {
        @Override
        public void fetch(ObjectId object) {
            events.add(new Event.NotFetched(object, "--redact shows no instructions and no contents"));
        }

        @Override
        public void count(Sampling mode) {
            host.count(mode);
        }

        /** Refused before it comes to this; what is written with other names is none of the host's. */
        @Override
        public void swap(SwapWish wish) {}

        @Override
        public void travel(Journey journey) {
            host.travel(journey);
        }

        @Override
        public void pollNow() {
            host.pollNow();
        }
    }
}
