package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.model.Bytes;
import bpfbay.model.MapContents;
import bpfbay.model.MapContents.Coverage;
import bpfbay.model.MapContents.Pair;
import bpfbay.testing.InNetns;
import bpfbay.testing.OpenDescriptors;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps made and filled by bpftool, which is also the witness of what is in them. */
@InNetns
class MapReaderTest {
    private static final String PIN = "/sys/fs/bpf/looked_at";

    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);

    @AfterEach
    void close() {
        kernel.close();
    }

    @ParameterizedTest
    @CsvSource({
        "hash,4,0",
        "lru_hash,4,0",
        "percpu_hash,4,0",
        "lru_percpu_hash,4,0",
        "lpm_trie,8,1",
        "array,4,0",
        "percpu_array,4,0"
    })
    void a_map_holds_what_bpftool_dumps(String type, int keyBytes, int flags) {
        int id = create(type, keyBytes, 12, 6, flags);
        update(1, keyBytes, 12);
        update(5, keyBytes, 12);
        MapContents contents = kernel.contents(id, 100);
        Set<Pair> expected = dumped(id);
        assertEquals(expected, new HashSet<>(contents.sample()));
        assertEquals(expected.size(), contents.entries());
        assertEquals(Coverage.ALL, contents.coverage());
    }

    @Test
    void keys_are_walked_to_the_limit_and_no_further() {
        int id = create("hash", 4, 4, 64, 0);
        for (int key = 0; key < 20; key++) {
            update(key, 4, 4);
        }
        assertEquals(new Count(20, Coverage.ALL, 8), Count.of(kernel.contents(id, 20)));
        assertEquals(new Count(19, Coverage.CUT_AT_LIMIT, 8), Count.of(kernel.contents(id, 19)));
        assertEquals(new Count(3, Coverage.CUT_AT_LIMIT, 3), Count.of(kernel.contents(id, 3)));
    }

    @Test
    void an_array_has_all_its_entries_whatever_the_limit() {
        assertEquals(
                new Count(100_000, Coverage.ALL, 8), Count.of(kernel.contents(create("array", 4, 4, 100_000, 0), 10)));
    }

    @Test
    void a_program_array_gives_the_ids_of_the_programs_in_its_filled_slots() {
        int id = create("prog_array", 4, 4, 10, 0);
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "tail", 2);
        int map = RawBpf.open(PIN);
        RawBpf.updateElement(map, u32(7), u32(prog));
        MapContents contents = kernel.contents(id, 100);
        assertEquals(List.of(new Pair(Bytes.copyOf(u32(7)), Bytes.copyOf(u32(RawBpf.id(prog))))), contents.sample());
        assertEquals(1, contents.entries());
        RawBpf.closeAll(prog, map);
    }

    @Test
    void slots_behind_the_limit_are_not_counted() {
        int id = create("prog_array", 4, 4, 10, 0);
        assertEquals(new Count(0, Coverage.CUT_AT_LIMIT, 0), Count.of(kernel.contents(id, 9)));
        assertEquals(new Count(0, Coverage.ALL, 0), Count.of(kernel.contents(id, 10)));
    }

    @Test
    void a_queue_shows_the_element_that_comes_next_and_keeps_it() {
        int id = create("queue", 0, 4, 8, 0);
        assertEquals(new Count(0, Coverage.ALL, 0), Count.of(kernel.contents(id, 10)));
        Tool.run("bpftool", "map", "push", "pinned", PIN, "value", "1", "2", "3", "4");
        for (int look = 0; look < 2; look++) {
            MapContents contents = kernel.contents(id, 10);
            assertEquals(new Count(1, Coverage.CUT_AT_LIMIT, 1), Count.of(contents));
            assertEquals(
                    Bytes.copyOf(new byte[] {1, 2, 3, 4}),
                    contents.sample().get(0).value());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"devmap", "cpumap", "devmap_hash"})
    void an_empty_redirect_map_has_no_entries(String type) {
        assertEquals(new Count(0, Coverage.ALL, 0), Count.of(kernel.contents(create(type, 4, 4, 4, 0), 100)));
    }

    @ParameterizedTest
    @CsvSource({
        "ringbuf,0,0,4096,0",
        "perf_event_array,4,4,2,0",
        "cgroup_array,4,4,2,0",
        "xskmap,4,4,2,0",
        "stack_trace,4,64,2,0",
        "sockmap,4,4,2,0"
    })
    void what_the_kernel_does_not_give_out_is_said_with_the_reason(
            String type, int key, int value, int entries, int flags) {
        int id = create(type, key, value, entries, flags);
        KernelException refused = assertThrows(KernelException.Unsupported.class, () -> kernel.contents(id, 100));
        assertEquals("map:" + id + " (" + type + ")", refused.problem().object());
        assertTrue(!refused.problem().hint().isEmpty());
    }

    @Test
    void a_map_that_is_gone_is_said_to_be() {
        int fd = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_HASH, 4, 4, 4, "short");
        int id = RawBpf.id(fd);
        RawBpf.closeAll(fd);
        /* the kernel frees an id once the last user has let go, which is not at once */
        while (Tool.attempt("bpftool", "map", "show", "id", Integer.toString(id))
                        .status()
                == 0) {
            Thread.onSpinWait();
        }
        KernelException gone = assertThrows(KernelException.Gone.class, () -> kernel.contents(id, 1));
        assertEquals("BPF_MAP_GET_FD_BY_ID map:" + id + ": ENOENT — it is gone", gone.getMessage());
    }

    @Test
    void a_refusal_names_the_capability() {
        KernelException denied = FdById.refused("BPF_MAP_GET_FD_BY_ID", "map:7", Errno.EPERM);
        assertEquals("BPF_MAP_GET_FD_BY_ID map:7: EPERM — needs CAP_SYS_ADMIN", denied.getMessage());
        assertInstanceOf(KernelException.Denied.class, denied);
    }

    @Test
    void looking_leaves_no_descriptor_behind() {
        int hash = create("hash", 4, 4, 4, 0);
        kernel.contents(hash, 1);
        OpenDescriptors before = OpenDescriptors.now();
        kernel.contents(hash, 1);
        before.assertSameAsNow();
    }

    private record Count(int entries, Coverage coverage, int sample) {
        static Count of(MapContents contents) {
            return new Count(
                    contents.entries(), contents.coverage(), contents.sample().size());
        }
    }

    private static int create(String type, int key, int value, int entries, int flags) {
        Tool.run(
                "bpftool",
                "map",
                "create",
                PIN,
                "type",
                type,
                "key",
                text(key),
                "value",
                text(value),
                "entries",
                text(entries),
                "name",
                "looked_at",
                "flags",
                text(flags));
        return Tool.json("bpftool", "-j", "map", "show", "pinned", PIN)
                .getAsJsonObject()
                .get("id")
                .getAsInt();
    }

    private static void update(int key, int keyBytes, int valueBytes) {
        List<String> command = new ArrayList<>(List.of("bpftool", "map", "update", "pinned", PIN, "key"));
        for (byte b : Arrays.copyOf(u32(key), keyBytes)) {
            command.add(text(b));
        }
        command.add("value");
        for (int i = 0; i < valueBytes; i++) {
            command.add(text(key + i));
        }
        Tool.run(command.toArray(String[]::new));
    }

    private static Set<Pair> dumped(int id) {
        Set<Pair> pairs = new HashSet<>();
        for (JsonElement element :
                Tool.json("bpftool", "-j", "map", "dump", "id", text(id)).getAsJsonArray()) {
            JsonObject entry = element.getAsJsonObject();
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            if (entry.has("values")) {
                for (JsonElement cpu : entry.get("values").getAsJsonArray()) {
                    byte[] one = bytes(cpu.getAsJsonObject().get("value"));
                    value.writeBytes(one);
                    value.writeBytes(new byte[(8 - one.length % 8) % 8]);
                }
            } else {
                value.writeBytes(bytes(entry.get("value")));
            }
            pairs.add(new Pair(Bytes.copyOf(bytes(entry.get("key"))), Bytes.copyOf(value.toByteArray())));
        }
        return pairs;
    }

    private static byte[] bytes(JsonElement hex) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hex.getAsJsonArray().forEach(b -> bytes.write(Integer.decode(b.getAsString())));
        return bytes.toByteArray();
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
