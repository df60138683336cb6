package bpfbay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinTest {
    private static Pin at(String path) {
        return new Pin(ObjectId.prog(11), path, 1, "0:30");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/old-0",
                "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/array-4294967295",
                "/sys/fs/bpf/bpfbay-9e83486d/20261121-225107-3f0a1c/old-99",
                "/proc/812/root/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/old-0",
                "/run/bpfbay/bpf/bpfbay/20261121-225107-3f0a1c/old-0",
                "/path-1/bpfbay/20261121-225107-3f0a1c/old-0"
            })
    void the_way_back_of_a_swap_is_bpfbays_own_in_whichever_bpffs(String path) {
        assertEquals(Optional.of("20261121-225107-3f0a1c"), at(path).wayBackOf());
        assertEquals(List.of(), Pin.ofOthers(List.of(at(path))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/fs/bpf/fw/xdp",
                "/sys/fs/bpf/bpfbay/xdp",
                "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/xdp",
                "/sys/fs/bpf/bpfbay/20261121-225107-3f0a1c/old-0/xdp",
                "/sys/fs/bpf/bpfbay-lab/20261121-225107-3f0a1c/old-0",
                "/sys/fs/bpf/notbpfbay/20261121-225107-3f0a1c/old-0"
            })
    void any_other_name_is_somebody_elses(String path) {
        assertFalse(at(path).isOwn());
        assertEquals(List.of(at(path)), Pin.ofOthers(List.of(at(path))));
    }
}
