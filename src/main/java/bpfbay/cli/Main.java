package bpfbay.cli;

import bpfbay.export.Escaper;
import bpfbay.export.NotReadableException;
import bpfbay.kernel.Candidates;
import bpfbay.kernel.FeatureProbes;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfCandidates;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.kernel.libbpf.LibbpfLoader;
import bpfbay.kernel.libbpf.LibbpfProbes;
import bpfbay.lab.LabException;
import bpfbay.model.RawText;
import bpfbay.model.RefSyntaxException;
import bpfbay.shim.ClassArchive;
import bpfbay.shim.Shim;
import bpfbay.swap.NotUnderstoodException;
import bpfbay.swap.Pause;
import bpfbay.swap.SwapEngine;
import bpfbay.tui.terminal.Tty;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The program. The only place that touches the standard streams and ends the process. */
@AllowedHere
public final class Main {
    static final String VERSION = "0.1.0";

    private Main() {}

    public static void main(String[] args) {
        ClassArchive.touch();
        sparesJnaItsSearch();
        Surroundings surroundings = new Surroundings(
                new StandardOutput(),
                new FileOutputStream(FileDescriptor.err),
                new Terminal(),
                new RunningKernel(),
                Clock.systemUTC());
        System.exit(run(RawArguments.read(args), surroundings).number());
    }

    /*
     * Left alone JNA unpacks itself below the home directory and forks ldconfig: 55 ms, and a failure where that is mounted
     * noexec. The launcher sets the same; this is for whoever starts the jar without it.
     */
    private static void sparesJnaItsSearch() {
        setDefault("jna.nosys", "true");
        setDefault("jna.platform.library.path", "/usr/lib");
        if (System.getProperty("jna.boot.library.path") != null) {
            setDefault("jna.nounpack", "true");
        }
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /** The kernel this runs on. */
    private static final class RunningKernel implements Surroundings.Kernels {
        @Override
        public Kernel open(Loading loading) {
            return LibbpfKernel.open(loading);
        }

        @Override
        public Loader loader() {
            return LibbpfLoader.open();
        }

        @Override
        public FeatureProbes probes(Loading loading) {
            return LibbpfProbes.open(loading);
        }

        @Override
        public Candidates candidates() {
            return LibbpfCandidates.open();
        }

        @Override
        public SwapEngine engine(Kernel kernel, Optional<Path> stateDir, Clock clock) {
            return SwapEngines.open(kernel, stateDir, clock);
        }
    }

    /** Asks on standard error and reads standard input, where both are a terminal. */
    private static final class Terminal implements Prompt {
        @Override
        public boolean isThere() {
            return Tty.canAsk();
        }

        @Override
        public Optional<String> ask(String question) {
            Output.print(new FileOutputStream(FileDescriptor.err), question);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            FileInputStream in = new FileInputStream(FileDescriptor.in);
            try {
                int read = in.read();
                while (read >= 0 && read != '\n') {
                    line.write(read);
                    read = in.read();
                }
                return read < 0 && line.size() == 0
                        ? Optional.empty()
                        : Optional.of(RawText.decode(line.toByteArray()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    static ExitCode run(List<String> arguments, Surroundings surroundings) {
        try {
            return dispatch(ArgumentParser.parse(arguments), surroundings);
        } catch (UsageException | RefSyntaxException | NotUnderstoodException e) {
            return fail(ExitCode.USAGE, message(e), surroundings);
        } catch (KernelException.Denied | KernelException.Unsupported | Shim.NotLoaded e) {
            return fail(ExitCode.NOT_POSSIBLE, message(e), surroundings);
        } catch (KernelException | LabException | NotReadableException e) {
            return fail(ExitCode.FAILED, message(e), surroundings);
        } catch (StandardOutput.ReaderGone e) {
            return ExitCode.DONE;
        } catch (UncheckedIOException e) {
            return fail(ExitCode.FAILED, "cannot write the output: " + message(cause(e)), surroundings);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return fail(ExitCode.FAILED, "unexpected: " + e + at(e), surroundings);
        }
    }

    private static ExitCode dispatch(Invocation invocation, Surroundings surroundings) {
        return switch (invocation.command()) {
            case TUI -> new TuiCommand(invocation, surroundings, System.getenv()).run();
            case SNAPSHOT -> new SnapshotCommand(invocation, surroundings).run();
            case CHECK -> new CheckCommand(invocation, surroundings, Pause.real()).run();
            case RECORD -> new RecordCommand(invocation, surroundings).run();
            case REPLAY -> new ReplayCommand(invocation, surroundings).run();
            case DIFF -> new DiffCommand(invocation, surroundings).run();
            case WATCH -> new WatchCommand(invocation, surroundings).run();
            case SHOW -> new ShowCommand(invocation, surroundings).run();
            case PATH -> new PathCommand(invocation, surroundings).run();
            case SWAP -> new SwapCommand(invocation, surroundings).run();
            case CONFIRM, REVERT -> new SwapEndCommand(invocation, surroundings).run();
            case SWAPS -> new SwapsCommand(invocation, surroundings).run();
            case RECOVER -> new RecoverCommand(invocation, surroundings).run();
            case SHELL -> new ShellCommand(surroundings, System.getenv(), Main::run).run();
            case LAB -> new LabCommand(invocation, surroundings, Pause.real()).run();
            case DOCTOR -> new DoctorCommand(invocation, surroundings).run();
            case HELP -> help(invocation, surroundings);
            case VERSION -> print("bpfbay " + VERSION + "\n", surroundings);
        };
    }

    private static ExitCode help(Invocation invocation, Surroundings surroundings) {
        if (invocation.operand().isEmpty()) {
            return print(HelpText.all(), surroundings);
        }
        String word = invocation.operand().get();
        return print(
                HelpText.of(Command.of(word)
                        .orElseThrow(() -> ArgumentParser.unknown("unknown command", word, ArgumentParser.commands()))),
                surroundings);
    }

    private static ExitCode print(String text, Surroundings surroundings) {
        Output.print(surroundings.out(), text);
        return ExitCode.DONE;
    }

    private static ExitCode fail(ExitCode code, String message, Surroundings surroundings) {
        try {
            Output.print(surroundings.err(), "bpfbay: " + Escaper.escape(message) + "\n");
        } catch (UncheckedIOException nobodyListens) {
            return code;
        }
        return code;
    }

    private static String message(Throwable e) {
        return String.valueOf(e.getMessage());
    }

    private static Throwable cause(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }

    /** The first of our own lines that it passed through: enough for a report. */
    private static String at(Throwable e) {
        for (StackTraceElement element : e.getStackTrace()) {
            if (element.getClassName().startsWith("bpfbay.")) {
                return " at " + element;
            }
        }
        return "";
    }
}
