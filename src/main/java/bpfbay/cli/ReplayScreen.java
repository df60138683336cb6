package bpfbay.cli;

import bpfbay.history.Recording;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Refs;
import bpfbay.tui.Host;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Journey;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.SwapWish;
import bpfbay.tui.state.World;
import bpfbay.tui.table.NetnsChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The screen on a recording: no kernel is asked anything. */
record ReplayScreen(
        Invocation invocation,
        Surroundings surroundings,
        Map<String, String> environment,
        Recording recording,
        int first) {
    ExitCode run() {
        ScreenSession session = new ScreenSession(invocation, surroundings, environment);
        Optional<ExitCode> refusal = session.refusal("'bpfbay replay --json' prints a picture without a screen");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        NetnsChoice netns = netns();
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try (TimeHost time = new TimeHost(() -> Optional.of(recording), session.marked(), events)) {
            time.go(new Journey.Hold());
            time.go(new Journey.ToEnd(Journey.Direction.EARLIER));
            time.go(new Journey.By(first));
            session.run(netns, Sampling.OFF, World.Conduct.REPLAY, new NoHost(time, events), events);
        }
        return ExitCode.DONE;
    }

    private NetnsChoice netns() {
        String word = invocation.value(Option.NETNS).orElse("all");
        List<NetNamespace> all = recording.picture(0).namespaces();
        return word.equals("all")
                ? NetnsChoice.ALL
                : Refs.namespace(word, all)
                        .map(found -> NetnsChoice.of(found.inode()))
                        .orElseThrow(() -> ArgumentParser.unknown(
                                "replay: unknown network namespace", word, SnapshotCommand.words(all)));
    }

    /** Answers what a recording can answer. */
    private record NoHost(TimeHost time, BlockingQueue<Event> events) implements Host {
        @Override
        public void fetch(ObjectId object) {
            events.add(new Event.NotFetched(object, "a recording holds no instructions and no contents"));
        }

        @Override
        public void count(Sampling mode) {}

        @Override
        public void swap(SwapWish wish) {}

        @Override
        public void travel(Journey journey) {
            time.go(journey);
        }

        @Override
        public void pollNow() {}
    }
}
