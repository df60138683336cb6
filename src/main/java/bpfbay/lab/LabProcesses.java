package bpfbay.lab;

import bpfbay.lab.LabStatus.LabProcess;
import bpfbay.lab.LabStatus.Life;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The lab's own processes (native/labd.c). Each has a file with its pid and start time, so that a pid
 * which came round again is never taken for it; one whose file was never written is found in the cgroup.
 */
final class LabProcesses {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Path folder;
    private final Path executable;

    /** @param folder has one file for each process */
    LabProcesses(Path folder, Path executable) {
        this.folder = folder;
        this.executable = executable;
    }

    /** Starts one and waits until it has done what the orders say. */
    void start(String name, List<String> orders) {
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(executable.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Files.writeString(
                    folder.resolve(name),
                    process.pid() + " " + startTicks(process.pid()).orElse(0L));
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(("name " + name + "\n" + String.join("\n", orders) + "\ngo\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            try (BufferedReader answers =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String answer = answers.readLine();
                if (!"ready".equals(answer)) {
                    throw new LabException(name + ": " + (answer == null ? "ended at once" : answer));
                }
            }
        } catch (IOException failed) {
            throw new LabException(name + " cannot be started: " + failed.getMessage(), failed);
        }
    }

    List<LabProcess> list() {
        List<LabProcess> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String[] words = Files.readString(file).strip().split(" ", 3);
                long pid = Long.parseLong(words[0]);
                boolean runs = words.length == 2
                        && startTicks(pid).equals(Optional.of(Long.parseLong(words[1])))
                        && !isZombie(pid);
                found.add(new LabProcess(String.valueOf(file.getFileName()), pid, runs ? Life.RUNNING : Life.DEAD));
            }
        } catch (IOException | NumberFormatException broken) {
            throw new LabException(folder + ": " + broken.getMessage(), broken);
        }
        found.sort(Comparator.comparing(LabProcess::name));
        return found;
    }

    void endAll() {
        for (LabProcess process : list()) {
            if (process.life() == Life.RUNNING) {
                end(process.pid());
            }
        }
    }

    /** What is left in a cgroup: own processes are ended, strangers are moved out and live on. */
    void clear(Path cgroup) {
        try {
            for (String line : Files.readAllLines(cgroup.resolve("cgroup.procs"))) {
                long pid = Long.parseLong(line);
                if (isOurs(pid)) {
                    end(pid);
                } else {
                    Path parent = cgroup.resolve("..").resolve("..").resolve("cgroup.procs");
                    Files.writeString(parent, line);
                }
            }
        } catch (IOException gone) {
            /* a cgroup or process that went away meanwhile is what is wanted; rmdir tells the rest */
            return;
        }
    }

    /* after a new build the executable of a running process is "... (deleted)" */
    private boolean isOurs(long pid) {
        try {
            String path = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"))
                    .toString();
            return path.equals(executable.toRealPath().toString()) || path.endsWith("/labd (deleted)");
        } catch (IOException gone) {
            return false;
        }
    }

    private static void end(long pid) {
        Optional<Long> started = startTicks(pid);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        if (!isGone(pid, started, PATIENCE)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            isGone(pid, started, PATIENCE);
        }
    }

    private static boolean isGone(long pid, Optional<Long> started, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (started.isPresent() && startTicks(pid).equals(started) && !isZombie(pid)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(2_000_000);
        }
        return true;
    }

    private static Optional<Long> startTicks(long pid) {
        return stat(pid).map(fields -> Long.parseLong(fields[19]));
    }

    private static boolean isZombie(long pid) {
        return stat(pid)
                .filter(fields -> fields[0].equals("Z") || fields[0].equals("X"))
                .isPresent();
    }

    /* /proc/PID/stat from the third field on: the second may hold anything but ends with the last parenthesis */
    private static Optional<String[]> stat(long pid) {
        try {
            String text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" ", 21));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
