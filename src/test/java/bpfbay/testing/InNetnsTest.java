package bpfbay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@InNetns
class InNetnsTest {
    private String threadBefore = "";

    @BeforeEach
    void remember_the_thread() {
        threadBefore = Thread.currentThread().getName() + Thread.currentThread().getId();
    }

    @Test
    void only_a_loopback_device_is_there_and_it_is_up() {
        String devices = Tool.run("ip", "-br", "link");
        assertEquals(1, devices.lines().count());
        assertTrue(devices.contains("LOOPBACK,UP"));
    }

    @Test
    void bpffs_is_mounted_and_takes_pins() {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m");
        RawBpf.pin(map, "/sys/fs/bpf/m");
        RawBpf.closeAll(map);
        assertTrue(Files.exists(Path.of("/sys/fs/bpf/m")));
    }

    @Test
    void methods_before_and_the_test_run_on_one_thread() {
        assertEquals(
                threadBefore,
                Thread.currentThread().getName() + Thread.currentThread().getId());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tests_with_parameters_run_there_too(int nothing) {
        assertTrue(threadBefore.startsWith("in-netns"), threadBefore + nothing);
        methods_before_and_the_test_run_on_one_thread();
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_feature_that_is_there_does_not_skip() {
        assertTrue(Feature.TCX.whyMissing().isEmpty());
    }
}
