package bpfbay.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.cli.Main;
import bpfbay.pty.PtyProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without its shim the screen cannot even be entered, and says so in one line; Java may say more before it. */
@Tag("screen")
class NotLoadedTest {
    private static void assertTold(Path home, String hint) {
        List<String> words = new ArrayList<>(PtyProgram.java(Main.class, "--passive"));
        words.replaceAll(word -> word.startsWith("-Dbpfbay.home=") ? "-Dbpfbay.home=" + home : word);
        try (PtyProgram bpfbay = PtyProgram.of(words.toArray(String[]::new)).start()) {
            assertEquals(3, bpfbay.exitStatus());
            String line = "bpfbay: dlopen " + home + "/target/native/libbpfbay.so: " + hint + " make -C native\r\n";
            assertTrue(bpfbay.sent().endsWith(line), bpfbay::sent);
        }
    }

    @Test
    void one_that_was_not_built(@TempDir Path home) {
        assertTold(home, "not built: run ./bpfbay once, or");
    }

    @Test
    void one_that_is_not_for_this_machine(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("target/native"));
        Files.writeString(home.resolve("target/native/libbpfbay.so"), "no library");
        assertTold(home, "cannot be loaded: build it again with");
    }
}
