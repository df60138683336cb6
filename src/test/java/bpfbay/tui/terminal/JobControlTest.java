package bpfbay.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.pty.PtyProgram;
import bpfbay.pty.PtyScreen;
import bpfbay.pty.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops and continuations under an interactive shell, with and without a launcher between. */
@Tag("screen")
class JobControlTest {
    @TempDir
    Path directory;

    /** How the demo is started. */
    enum Launch {
        DIRECTLY,
        /** By a script that stays, in the demo's process group. */
        BY_A_SCRIPT,
        /** By bpfbay's own launcher, whose Java is the demo. */
        BY_THE_LAUNCHER
    }

    @BeforeEach
    void write_scripts() throws IOException {
        String java = PtyProgram.java(DemoScreen.class).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        script("directly", "exec " + java);
        script("java", "exec " + java);
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("target"));
        Files.copy(
                Path.of(System.getProperty("bpfbay.home"), "bpfbay"),
                home.resolve("bpfbay"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(
                home.resolve("target/launch"), "java='" + directory + "/java'\njava_options=\njna=linux-x86-64\n");
        script("by_the_launcher", "exec " + home + "/bpfbay");
        script("by_a_script", "trap : INT TSTP\n" + java + "\necho ended $?\n");
    }

    private void script(String name, String body) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private PtyProgram shell() {
        PtyProgram shell = PtyProgram.of("bash", "--norc", "--noprofile", "-i")
                .with("PS1", "ready> ")
                .with("JAVA_HOME", "")
                .with("PATH", directory + ":/usr/bin:/bin")
                .start();
        shell.awaitText("ready>");
        shell.type("stty -a | md5sum\n");
        shell.await("a sum", screen -> screen.text().matches("(?s).*\\n[0-9a-f]{32}  -\\nready>.*"));
        return shell;
    }

    private static void start(PtyProgram shell, Launch launch) {
        shell.type(launch.name().toLowerCase(java.util.Locale.ROOT) + "\n");
        shell.awaitText("row 23");
    }

    private static ProcessHandle demo(PtyProgram shell) {
        return shell.leader()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitPrompt(PtyProgram shell) {
        shell.await(
                "the prompt on the normal screen",
                screen -> !screen.modes().isAlternate()
                        && screen.text().stripTrailing().endsWith("ready>"));
        PtyScreen.Modes modes = shell.screen().modes();
        assertTrue(modes.isCursorShown());
    }

    /** The shell waits for the script only: its prompt may come before the last thread behind that has stopped. */
    private static void awaitStop(PtyProgram shell) {
        long demo = demo(shell).pid();
        shell.awaitThat("it is stopped", () -> PtyProgram.isStopped(demo));
    }

    /** The shell's own look at the terminal says the same as before. */
    private static void assertUntouched(PtyProgram shell) {
        shell.type("clear; stty -a | md5sum; echo sum\n");
        PtyScreen screen = shell.await("a sum", s -> s.rows().contains("sum"));
        String now = screen.rows().stream()
                .filter(row -> row.endsWith("  -"))
                .findFirst()
                .orElseThrow();
        assertEquals(2, shell.sent().split(now, -1).length - 1, "the same sum twice");
    }

    @ParameterizedTest
    @EnumSource
    void suspended_it_gives_the_terminal_back_and_in_the_foreground_it_draws_again(Launch launch) {
        try (PtyProgram shell = shell()) {
            start(shell, launch);
            shell.type("\032");
            awaitPrompt(shell);
            awaitStop(shell);
            assertUntouched(shell);
            shell.type("fg\n");
            shell.awaitText("row 23");
            assertTrue(shell.screen().modes().isAlternate());
            shell.type("a");
            shell.awaitText("codePoint=97");
            shell.type("q");
            awaitPrompt(shell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void so_it_does_when_another_stops_it(Launch launch) {
        try (PtyProgram shell = shell()) {
            start(shell, launch);
            PtyProgram.signal(demo(shell).pid(), Signal.TSTP);
            awaitPrompt(shell);
            shell.type("fg\n");
            shell.awaitText("row 23");
            shell.type("q");
            awaitPrompt(shell);
            assertUntouched(shell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void so_it_does_when_another_stops_all_of_it(Launch launch) {
        try (PtyProgram shell = shell()) {
            start(shell, launch);
            PtyProgram.signal(-shell.foregroundGroup(), Signal.TSTP);
            awaitPrompt(shell);
            shell.type("fg\n");
            shell.awaitText("row 23");
            shell.type("q");
            awaitPrompt(shell);
            assertUntouched(shell);
        }
    }

    @Test
    void a_stop_it_cannot_catch_is_made_good_when_it_goes_on() {
        try (PtyProgram shell = shell()) {
            start(shell, Launch.DIRECTLY);
            PtyProgram.signal(demo(shell).pid(), Signal.STOP);
            shell.awaitText("Stopped");
            shell.type("clear\n");
            shell.await("no rows", screen -> !screen.shows("row 23"));
            shell.type("fg\n");
            shell.awaitText("row 23");
            shell.type("q");
            awaitPrompt(shell);
        }
    }

    @Test
    void in_the_background_it_leaves_the_terminal_to_the_shell() {
        try (PtyProgram shell = shell()) {
            start(shell, Launch.DIRECTLY);
            shell.type("\032");
            awaitPrompt(shell);
            shell.type("bg\n");
            shell.awaitThat("it runs", () -> !PtyProgram.isStopped(demo(shell).pid()));
            shell.type("echo un''touched\n");
            shell.awaitText("untouched");
            assertFalse(shell.screen().modes().isAlternate());
            shell.type("fg\n");
            shell.awaitText("row 23");
            shell.type("q");
            awaitPrompt(shell);
        }
    }

    @Test
    void killed_in_the_background_it_leaves_the_terminal_to_the_shell() {
        try (PtyProgram shell = shell()) {
            start(shell, Launch.DIRECTLY);
            shell.type("\032");
            awaitPrompt(shell);
            ProcessHandle demo = demo(shell);
            shell.type("kill %1\n");
            shell.awaitThat("it ends", () -> !demo.isAlive());
            assertUntouched(shell);
        }
    }

    @Test
    void without_a_shell_that_could_continue_it_it_is_not_stopped() {
        try (PtyProgram demo = PtyProgram.ofMain(DemoScreen.class).start()) {
            demo.awaitText("row 23");
            demo.type("\032");
            demo.awaitText("last Continued");
            demo.type("q");
            assertEquals(0, demo.exitStatus());
        }
    }
}
