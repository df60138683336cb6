package bpfbay.kernel.libbpf;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import bpfbay.model.ObjectId;
import bpfbay.model.Reading;
import bpfbay.model.SlotView;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@InNetns
class SlotSourceTest {
    private static final int PROG_ARRAY = 3;
    private static final int SOCKMAP = 15;
    private static final int SK_MSG = 16;
    private static final int SK_MSG_VERDICT = 7;
    private static final int PERF_EVENT_ARRAY = 4;

    private final SlotSource source = new SlotSource();
    private final List<Integer> fds = new ArrayList<>();

    @AfterEach
    void close() {
        fds.forEach(RawBpf::closeAll);
    }

    @Test
    void a_program_stands_in_the_program_arrays_that_call_it() {
        int program = open(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "tail", 2));
        int array = open(RawBpf.createMap(PROG_ARRAY, 4, 4, 8, "calls"));
        RawBpf.updateElement(array, words(3), words(program));
        RawBpf.updateElement(array, words(5), words(program));

        assertEquals(Map.of(RawBpf.id(program), List.of(map(array).object())), read(map(array)));
    }

    @ParameterizedTest
    @CsvSource({"14,33,1", "25,33,1", "16,35,192"})
    void a_program_stands_in_the_map_that_redirects_through_it(int mapType, int attachType, int first) {
        int program = open(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, attachType, "after", 2));
        int map = open(RawBpf.createMap(mapType, 4, 8, 2, "redirects"));
        RawBpf.updateElement(map, words(1), words(first, program));

        assertEquals(Map.of(RawBpf.id(program), List.of(map(map).object())), read(map(map)));
    }

    @Test
    void a_program_stands_in_the_socket_map_whose_messages_it_judges() {
        int program = open(RawBpf.loadProgram(SK_MSG, SK_MSG_VERDICT, "judge", 1));
        int map = open(RawBpf.createMap(SOCKMAP, 4, 4, 1 << 20, "sockets"));
        RawBpf.attach(program, map, SK_MSG_VERDICT, 0);

        assertEquals(Map.of(RawBpf.id(program), List.of(map(map).object())), read(map(map)));
    }

    @Test
    void a_devmap_without_programs_is_not_even_looked_into() {
        BpfMap gone = new BpfMap(0x7fffffff, new MapType(14), "devices", 4, 4, 1 << 30, 0, OptionalInt.empty(), 0, 0);

        assertEquals(Map.of(), read(gone));
    }

    @Test
    void a_map_that_is_gone_holds_nothing() {
        BpfMap gone = new BpfMap(0x7fffffff, new MapType(PROG_ARRAY), "calls", 4, 4, 8, 0, OptionalInt.empty(), 0, 0);

        assertEquals(Map.of(), read(gone));
    }

    @Test
    void many_entries_are_left_to_the_second_look_and_too_many_to_nobody() {
        BpfMap many = map(open(RawBpf.createMap(PROG_ARRAY, 4, 4, 1 << 16, "calls")));
        BpfMap tooMany = new BpfMap(1, new MapType(PROG_ARRAY), "calls", 4, 4, 1 << 20, 0, OptionalInt.empty(), 0, 0);

        assertTrue(source.read(List.of(many)).slots().found().isEmpty());
        assertEquals(Reading.of(Map.of()), source.read(List.of(many)).slots());
        assertEquals(
                "looking into 1048576 entries of maps takes too long",
                source.read(List.of(tooMany)).slots().reason());
    }

    @Test
    void many_entries_are_looked_into_only_now_and_then() {
        int program = open(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "tail", 2));
        int array = open(RawBpf.createMap(PROG_ARRAY, 4, 4, 1 << 11, "calls"));
        BpfMap map = map(array);
        source.read(List.of(map));
        read(map);
        RawBpf.updateElement(array, words(3), words(program));

        assertEquals(Map.of(), read(map));
        for (int i = 0; i < 9; i++) {
            read(map);
        }
        assertEquals(Map.of(RawBpf.id(program), List.of(map.object())), read(map));
    }

    @Test
    void what_cannot_be_read_is_said_and_leaves_nothing_known() {
        int events = RawBpf.id(open(RawBpf.createMap(PERF_EVENT_ARRAY, 4, 4, 8, "events")));
        BpfMap map = new BpfMap(events, new MapType(PROG_ARRAY), "calls", 4, 4, 8, 0, OptionalInt.empty(), 0, 0);

        SlotView view = source.read(List.of(map));

        assertEquals(map.object() + " cannot be read", view.slots().reason());
        assertEquals("BPF_MAP_LOOKUP_ELEM", view.problems().get(0).operation());
    }

    @Test
    void an_unchanged_answer_is_the_same_instance() {
        BpfMap map = map(open(RawBpf.createMap(PROG_ARRAY, 4, 4, 8, "calls")));

        assertSame(source.read(List.of(map)), source.read(List.of(map)));
    }

    private Map<Integer, List<ObjectId>> read(BpfMap... maps) {
        SlotView view = source.read(List.of(maps));
        assertEquals(List.of(), view.problems());
        return view.slots().found().orElseThrow();
    }

    private int open(int fd) {
        fds.add(fd);
        return fd;
    }

    private static BpfMap map(int fd) {
        int id = RawBpf.id(fd);
        MapSource maps = new MapSource(new ObjectInfos());
        return requireNonNull(maps.definitions(List.of(id)).get(id));
    }

    private static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.nativeOrder());
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }
}
