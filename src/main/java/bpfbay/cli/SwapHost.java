package bpfbay.cli;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.swap.Consent;
import bpfbay.swap.NotUnderstoodException;
import bpfbay.swap.PreparedSwap;
import bpfbay.swap.SwapEngine;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapRecord;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.SwapNews;
import bpfbay.tui.state.SwapWish;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Drives the engine for the screen, on a thread of its own and with a kernel of its own. It is opened by the
 * first wish; a screen that may swap nothing has none. A plan is held as long as it is looked at.
 */
final class SwapHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Surroundings.Kernels kernels;
    private final Function<Kernel, SwapEngine> engines;
    private final BlockingQueue<Event> events;
    private final BlockingQueue<Work> works = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::serve, "bpfbay-swap");
    private final AtEnd atEnd;
    private Optional<PreparedSwap> prepared = Optional.empty();
    private List<SwapRecord> told = List.of();

    /** What the thread is to do next. */
    private sealed interface Work {
        record Grant(SwapWish wish) implements Work {}

        record End() implements Work {}
    }

    SwapHost(Surroundings.Kernels kernels, Function<Kernel, SwapEngine> engines, BlockingQueue<Event> events) {
        this.kernels = kernels;
        this.engines = engines;
        this.events = events;
        thread.setDaemon(true);
        thread.start();
        this.atEnd = AtEnd.of(this::finish);
    }

    void wish(SwapWish wish) {
        boolean isWaited = wish instanceof SwapWish.Look && works.contains(new Work.Grant(wish));
        if (!isWaited) {
            works.add(new Work.Grant(wish));
        }
    }

    private void serve() {
        try {
            Work first = works.take();
            if (first instanceof Work.Grant grant) {
                open(grant.wish());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(SwapWish first) throws InterruptedException {
        try (Kernel kernel = kernels.open(Loading.NOTHING)) {
            SwapEngine engine = engines.apply(kernel);
            grant(engine, first);
            while (works.take() instanceof Work.Grant grant) {
                grant(engine, grant.wish());
            }
        } catch (RuntimeException | LinkageError e) {
            tell(new SwapNews.NoEngine(e instanceof KernelException ? message(e) : "unexpected: " + e));
        } finally {
            drop();
        }
    }

    private void tell(SwapNews news) {
        events.add(new Event.Swap(news));
    }

    /** What the engine did not foresee costs an answer and not the screen. */
    private void grant(SwapEngine engine, SwapWish wish) {
        if (wish instanceof SwapWish.Plan plan) {
            plan(engine, plan);
        } else if (wish instanceof SwapWish.Drop) {
            drop();
        } else if (wish instanceof SwapWish.Paths paths) {
            tell(new SwapNews.Paths(paths.begun(), PathWords.after(paths.begun())));
        } else if (wish instanceof SwapWish.Probe probe) {
            probe(probe);
        } else if (wish instanceof SwapWish.Programs programs) {
            programs(engine, programs.file());
        } else if (wish instanceof SwapWish.Look) {
            look(engine);
        } else {
            act(engine, wish);
            look(engine);
        }
    }

    private void plan(SwapEngine engine, SwapWish.Plan wish) {
        drop();
        try {
            PreparedSwap made = engine.plan(wish.request(), wish.snapshot());
            prepared = Optional.of(made);
            tell(new SwapNews.Planned(wish.request(), made.plan(), engine.planned(made)));
        } catch (KernelException | NotUnderstoodException e) {
            tell(new SwapNews.NotPlanned(wish.request(), message(e)));
        } catch (RuntimeException e) {
            tell(new SwapNews.NotPlanned(wish.request(), "unexpected: " + e));
        }
    }

    private void drop() {
        try {
            prepared.ifPresent(PreparedSwap::close);
        } catch (KernelException e) {
            tell(new SwapNews.NotDone("the plan was left, but not all of it is gone: " + message(e)));
        }
        prepared = Optional.empty();
    }

    private void act(SwapEngine engine, SwapWish wish) {
        try {
            tell(outcome(engine, wish)
                    .<SwapNews>map(SwapNews.Ended::new)
                    .orElseGet(() -> new SwapNews.NotDone("the plan was made anew meanwhile; nothing was done")));
        } catch (KernelException | NotUnderstoodException e) {
            tell(new SwapNews.NotDone(message(e)));
        } catch (RuntimeException e) {
            tell(new SwapNews.NotDone("unexpected: " + e + "; 'bpfbay recover' says how things are"));
        }
    }

    private Optional<SwapOutcome> outcome(SwapEngine engine, SwapWish wish) {
        if (wish instanceof SwapWish.Confirm confirm) {
            return Optional.of(engine.confirm(confirm.id()));
        } else if (wish instanceof SwapWish.Undo undo) {
            return Optional.of(engine.revert(undo.id()));
        } else if (wish instanceof SwapWish.Commit commit) {
            return commit(engine, commit);
        }
        return Optional.empty();
    }

    private Optional<SwapOutcome> commit(SwapEngine engine, SwapWish.Commit wish) {
        Optional<PreparedSwap> meant = prepared.filter(made -> made.plan().id().equals(wish.id()));
        try {
            return meant.map(made ->
                    engine.commit(made, new Consent.Typed(wish.phrase()), step -> tell(new SwapNews.Stepped(step))));
        } finally {
            drop();
        }
    }

    private void look(SwapEngine engine) {
        try {
            List<SwapRecord> records = engine.swaps();
            if (!records.equals(told)) {
                told = records;
                tell(new SwapNews.Listed(records));
            }
        } catch (KernelException e) {
            tell(new SwapNews.NoEngine(message(e)));
        }
    }

    private void probe(SwapWish.Probe wish) {
        tell(ProbeFile.of(wish.file())
                .<SwapNews>map(probe ->
                        new SwapNews.Probed(wish.request(), wish.request().probing(probe)))
                .orElseGet(() -> new SwapNews.NotRead(wish.file(), wish.file() + " " + ProbeFile.REFUSAL)));
    }

    private void programs(SwapEngine engine, String file) {
        try {
            Candidates.Contents contents = engine.contents(Path.of(file));
            tell(new SwapNews.Programs(
                    file,
                    contents.programs().stream()
                            .map(p -> new SwapNews.Defined(p.name(), p.section(), p.type()))
                            .toList()));
        } catch (KernelException | InvalidPathException e) {
            tell(new SwapNews.NotRead(file, message(e)));
        }
    }

    private static String message(Throwable e) {
        return String.valueOf(e.getMessage());
    }

    /** What was begun is finished first, and a plan that nobody committed is let go of. */
    private void finish() {
        works.add(new Work.End());
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (atEnd.takeBack()) {
            finish();
        }
    }
}
