package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SwapEnginesTest {
    @Test
    void each_journal_has_a_folder_of_pins_of_its_own_and_always_the_same() {
        String usual = SwapEngines.pinFolder(Optional.empty());
        String one = SwapEngines.pinFolder(Optional.of(Path.of("/srv/one.d")));
        assertEquals("bpfbay", usual);
        assertEquals(one, SwapEngines.pinFolder(Optional.of(Path.of("/srv/one.d"))));
        assertNotEquals(usual, one);
        assertNotEquals(one, SwapEngines.pinFolder(Optional.of(Path.of("/srv/two"))));
        assertFalse(one.contains("."), one);
    }

    @Test
    void who_used_sudo_is_named_and_not_root() {
        assertEquals("alice", SwapEngines.user(Map.of("SUDO_USER", "alice")));
        assertEquals(System.getProperty("user.name"), SwapEngines.user(Map.of()));
    }
}
