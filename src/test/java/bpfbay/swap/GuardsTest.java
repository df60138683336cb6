package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Listing;
import bpfbay.kernel.SshSessions;
import bpfbay.kernel.Swapper;
import bpfbay.model.AttachType;
import bpfbay.model.BpfMap;
import bpfbay.model.Bytes;
import bpfbay.model.Device;
import bpfbay.model.MapContents;
import bpfbay.model.MapType;
import bpfbay.model.ObjectId;
import bpfbay.model.Places;
import bpfbay.model.Problem;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.swap.GuardResult.Verdict;
import bpfbay.testing.Snapshots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each guard on what it passes, warns of and refuses. */
class GuardsTest {
    private static final String XDP = "eth0/xdp";
    private static final String SERVICE = "cgroup:/system.slice/web.service/inet_egress/";
    private static final SwapRequest USUAL = Stage.request("prog:4027", XDP);

    @TempDir
    Path folder;

    private Stage stage;

    @BeforeEach
    void set() {
        stage = new Stage(folder);
    }

    private GuardResult check(GuardName name, SwapRequest request, Verdict expected) {
        GuardResult result = stage.guard(name, request);
        assertEquals(expected, result.verdict(), result::toString);
        return result;
    }

    private void says(GuardResult result, String words) {
        assertTrue(String.join("\n", result.evidence()).contains(words), result::toString);
    }

    private void change(Program program) {
        List<Program> programs = new ArrayList<>(stage.world.kernel.programs.items());
        programs.replaceAll(p -> p.id() == program.id() ? program : p);
        stage.world.kernel.programs = Listing.of(programs);
    }

    private Program with(int id, String tag, ProgType type, Reading<AttachType> expected, Integer... maps) {
        Program of = stage.snapshot.program(id).orElseThrow();
        return new Program(
                id,
                type,
                of.name(),
                tag,
                of.loadedAt(),
                of.uid(),
                of.license(),
                of.bytesXlated(),
                of.bytesJited(),
                of.bytesMemlock(),
                of.verifiedInsns(),
                List.of(maps),
                of.btfId(),
                expected,
                of.fingerprint(),
                of.functions());
    }

    private static final Reading<AttachType> UNREAD = new Reading.NotAsked<>("not read");

    @Test
    void an_unchanged_target_passes_and_says_what_would_not_be_noticed() {
        says(check(GuardName.TARGET_UNCHANGED, USUAL, Verdict.PASS), "would not be noticed");
    }

    @Test
    void another_program_in_its_place_fails() {
        stage.world.attach(stage.place(XDP), 7007);
        says(check(GuardName.TARGET_UNCHANGED, USUAL, Verdict.FAIL), "#7007 stands there, not xdp_fw #3815");
    }

    @Test
    void a_place_that_is_gone_fails() {
        stage.world.places.remove(stage.place(XDP));
        says(check(GuardName.TARGET_UNCHANGED, USUAL, Verdict.FAIL), "the device is gone");
    }

    @Test
    void an_id_that_has_come_round_to_another_program_fails() {
        change(with(3815, "0000000000000000", ProgType.XDP, UNREAD));
        says(check(GuardName.TARGET_UNCHANGED, USUAL, Verdict.FAIL), "its id may name another program");
    }

    @Test
    void an_expected_tag_is_enough_by_its_beginning() {
        String tag = stage.snapshot.program(3815).orElseThrow().tag();
        check(
                GuardName.TARGET_UNCHANGED,
                USUAL.expecting(Expectation.parse("tag:" + tag.substring(0, 8))),
                Verdict.PASS);
        check(GuardName.TARGET_UNCHANGED, USUAL.expecting(Expectation.parse("tag:00000000")), Verdict.FAIL);
    }

    @Test
    void a_program_of_another_type_does_not_fit() {
        says(
                check(GuardName.CANDIDATE_FITS_HOOK, Stage.request("prog:2647", XDP), Verdict.FAIL),
                "the candidate is sched_cls");
    }

    @Test
    void an_xdp_program_loaded_for_another_attach_type_does_not_fit_a_link() {
        Program live =
                with(3815, stage.snapshot.program(3815).orElseThrow().tag(), ProgType.XDP, Reading.of(AttachType.XDP));
        Program candidate = with(4027, "11", ProgType.XDP, Reading.of(new AttachType(0)));
        change(candidate);
        stage = Stage.knowing(folder.resolve("known"), List.of(live, candidate));
        says(check(GuardName.CANDIDATE_FITS_HOOK, USUAL, Verdict.FAIL), "the live program for xdp (37)");
    }

    @Test
    void a_program_bound_to_another_device_does_not_fit() {
        stage.world.bound.put(4027, new Swapper.Bound.Offloaded(Snapshots.OWN_NETNS, 77));
        says(check(GuardName.CANDIDATE_FITS_HOOK, USUAL, Verdict.FAIL), "bound to another device, ifindex 77");
        stage.world.bound.put(4027, new Swapper.Bound.Offloaded(1, 2));
        check(GuardName.CANDIDATE_FITS_HOOK, USUAL, Verdict.FAIL);
    }

    @Test
    void a_program_that_the_device_is_to_run_does_not_fit_a_native_hook() {
        Device eth0 = Places.device(stage.attachment(XDP).place()).orElseThrow();
        stage.world.bound.put(4027, new Swapper.Bound.Offloaded(eth0.netns(), eth0.ifindex()));
        says(check(GuardName.CANDIDATE_FITS_HOOK, USUAL, Verdict.FAIL), "which is not done in native mode");
    }

    @Test
    void a_program_bound_to_who_knows_which_device_does_not_fit_a_link_that_would_take_it() {
        stage.world.bound.put(4027, new Swapper.Bound.Unnamed());
        says(check(GuardName.CANDIDATE_FITS_HOOK, USUAL, Verdict.FAIL), "a link would take it on any device");
    }

    @Test
    void a_program_of_the_kernel_does_not_fit_where_the_device_runs_its_own() {
        stage.world.bound.put(3815, new Swapper.Bound.Offloaded(Snapshots.OWN_NETNS, 2));
        says(check(GuardName.CANDIDATE_FITS_HOOK, USUAL, Verdict.FAIL), "the device runs the live program itself");
    }

    @Test
    void on_a_cgroup_link_an_attach_type_that_cannot_be_read_is_warned_of() {
        stage.world.held.add(ObjectId.prog(6001));
        says(
                check(GuardName.CANDIDATE_FITS_HOOK, Stage.request("prog:6002", SERVICE + "2"), Verdict.WARN),
                "the kernel does not check it on a cgroup link");
    }

    @Test
    void a_verifier_that_says_no_fails_with_its_last_lines_first() {
        stage.contents = contents();
        stage.loadFails = Optional.of(Stage.rejected("0: r0 = 0\n1: invalid access to packet\n"));
        GuardResult result = check(GuardName.CANDIDATE_VERIFIES, Stage.request("obj:fw.o", XDP), Verdict.FAIL);
        assertEquals("1: invalid access to packet", result.evidence().get(1));
        check(GuardName.CANDIDATE_DIFFERS, Stage.request("obj:fw.o", XDP), Verdict.NOT_APPLICABLE);
    }

    private static Candidates.Contents contents() {
        return new Candidates.Contents(
                List.of(new Candidates.Defined("xdp_fw", "xdp", ProgType.XDP)),
                List.of(new Candidates.DefinedMap("cnt", 1, 4, 8, 1024, 0, false)));
    }

    @Test
    void an_object_is_loaded_for_the_live_programs_hook_with_the_maps_that_were_chosen() {
        stage.contents = contents();
        check(GuardName.CANDIDATE_VERIFIES, Stage.request("obj:fw.o", XDP).reusing(Set.of("cnt")), Verdict.PASS);
        Candidates.Wish wish = stage.wished.orElseThrow();
        assertEquals(List.of(AttachType.XDP, new AttachType(0)), wish.expected());
        assertEquals(java.util.Map.of("cnt", 25), wish.reuse());
        assertEquals(0, stage.world.openDescriptors());
    }

    @Test
    void a_map_of_another_definition_is_not_re_used() {
        stage.contents = new Candidates.Contents(
                contents().programs(), List.of(new Candidates.DefinedMap("cnt", 1, 4, 16, 1024, 0, false)));
        says(
                check(GuardName.MAPS, Stage.request("obj:fw.o", XDP).reusing(Set.of("cnt")), Verdict.FAIL),
                "value 8 → 16");
    }

    @Test
    void the_program_itself_is_no_candidate() {
        check(GuardName.CANDIDATE_DIFFERS, Stage.request("prog:3815", XDP), Verdict.FAIL);
        check(GuardName.CANDIDATE_DIFFERS, USUAL, Verdict.PASS);
    }

    @Test
    void another_load_of_one_build_differs_and_is_said() {
        change(with(4027, stage.snapshot.program(3815).orElseThrow().tag(), ProgType.XDP, UNREAD));
        says(check(GuardName.CANDIDATE_DIFFERS, USUAL, Verdict.PASS), "loaded once more");
    }

    @Test
    void a_place_without_an_atomic_way_fails_with_a_command() {
        says(
                check(GuardName.PLACE, Stage.request("prog:4027", "eth1/xdp/slot:0"), Verdict.FAIL),
                "by hand: xdp-loader load and unload");
        says(
                check(GuardName.PLACE, Stage.request("prog:4027", "cgroup:/inet_egress/1"), Verdict.FAIL),
                "by hand: bpftool cgroup attach /sys/fs/cgroup/ cgroup_inet_egress id ID");
        check(GuardName.PLACE, Stage.request("prog:4027", "link:142"), Verdict.FAIL);
        check(GuardName.PLACE, Stage.request("prog:4027", "block:22/tc/ingress/1:0x1"), Verdict.FAIL);
    }

    @Test
    void a_dispatcher_is_warned_of() {
        says(check(GuardName.PLACE, Stage.request("prog:4027", "eth1/xdp"), Verdict.WARN), "eth1/xdp/slot:0");
    }

    @Test
    void a_driver_that_was_not_tried_is_said() {
        says(check(GuardName.PLACE, USUAL, Verdict.PASS), "not tried on the driver of eth0");
    }

    @Test
    void a_map_made_anew_is_warned_of_with_what_the_live_one_holds() {
        stage.world.kernel.contents.put(25, new MapContents(25, 3, MapContents.Coverage.ALL, List.of(), Bytes.EMPTY));
        GuardResult result = check(GuardName.MAPS, USUAL, Verdict.WARN);
        assertEquals(
                "cnt #25 → #31: re-created empty, the live one has 3 entries",
                result.evidence().get(0));
        says(result, "xdp_fw.rodata #26: shared");
    }

    @Test
    void a_map_of_another_layout_is_warned_of() {
        map(new BpfMap(31, MapType.HASH, "cnt", 4, 16, 1024, 0, OptionalInt.empty(), 0, 0));
        says(check(GuardName.MAPS, USUAL, Verdict.WARN), "incompatible, value 8 → 16");
    }

    private void map(BpfMap map) {
        List<BpfMap> maps = new ArrayList<>(stage.world.kernel.maps.items());
        maps.removeIf(m -> m.id() == map.id());
        maps.add(map);
        stage.world.kernel.maps = Listing.of(maps);
        stage.world.held.add(map.object());
    }

    private void holds(int mapId, int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        stage.world.kernel.contents.put(
                mapId,
                new MapContents(
                        mapId,
                        1,
                        MapContents.Coverage.ALL,
                        List.of(new MapContents.Pair(Bytes.EMPTY, Bytes.copyOf(value))),
                        Bytes.EMPTY));
    }

    @Test
    void read_only_data_is_compared_byte_by_byte_whatever_the_file_is_called() {
        map(new BpfMap(50, MapType.ARRAY, "fw_v2.rodata", 4, 3, 1, 0, OptionalInt.empty(), 0, 0));
        change(with(4027, "11", ProgType.XDP, UNREAD, 25, 50));
        holds(26, 1, 2, 3);
        holds(50, 1, 9, 3);
        says(check(GuardName.MAPS, USUAL, Verdict.WARN), "1 of 3 bytes differ, the first at 1 (live 02, candidate 09)");
        holds(50, 1, 2, 3);
        says(check(GuardName.MAPS, USUAL, Verdict.PASS), "the same 3 bytes");
    }

    @Test
    void without_maps_there_is_nothing_to_compare() {
        check(GuardName.MAPS, Stage.request("prog:2648", "eth0/tc/ingress/1:0x1"), Verdict.NOT_APPLICABLE);
    }

    @Test
    void tail_calls_that_lead_nowhere_are_warned_of() {
        map(new BpfMap(60, MapType.PROG_ARRAY, "jmp", 4, 4, 8, 0, OptionalInt.empty(), 0, 0));
        map(new BpfMap(61, MapType.PROG_ARRAY, "jmp", 4, 4, 8, 0, OptionalInt.empty(), 0, 0));
        Program live = with(3815, stage.snapshot.program(3815).orElseThrow().tag(), ProgType.XDP, UNREAD, 60);
        Program candidate = with(4027, "11", ProgType.XDP, UNREAD, 61);
        List<BpfMap> maps = stage.world.kernel.maps.items();
        stage = Stage.knowing(folder.resolve("known"), List.of(live, candidate));
        stage.world.knows(stage.world.kernel.programs.items(), maps);
        stage.world.slots.put(60, List.of(new Swapper.Slot(2, 977)));
        says(check(GuardName.TAIL_CALLS, USUAL, Verdict.WARN), "slots [2] are empty");
        stage.world.slots.put(61, List.of(new Swapper.Slot(2, 977)));
        says(check(GuardName.TAIL_CALLS, USUAL, Verdict.PASS), "1 slots filled");
        try (PreparedSwap prepared = stage.plan(USUAL)) {
            assertTrue(stage.world.pins.containsValue(ObjectId.map(60)));
            assertTrue(stage.world.pins.containsValue(ObjectId.map(61)));
            assertEquals("eth0", prepared.plan().phrase());
        }
    }

    @Test
    void without_program_arrays_tail_calls_do_not_apply() {
        check(GuardName.TAIL_CALLS, USUAL, Verdict.NOT_APPLICABLE);
    }

    @Test
    void test_runs_are_made_only_when_asked_for() {
        check(GuardName.TEST_RUN, USUAL, Verdict.NOT_APPLICABLE);
        SwapRequest alone =
                USUAL.testing(new SwapRequest.TestRun.Asked(SwapRequest.TestRun.Programs.CANDIDATE, Optional.empty()));
        says(check(GuardName.TEST_RUN, alone, Verdict.PASS), "touched the maps");
        SwapRequest both =
                USUAL.testing(new SwapRequest.TestRun.Asked(SwapRequest.TestRun.Programs.BOTH, Optional.empty()));
        says(check(GuardName.TEST_RUN, both, Verdict.WARN), "XDP_DROP, live XDP_PASS");
    }

    @Test
    void who_holds_it_may_put_its_own_back() {
        says(check(GuardName.OWNER, USUAL, Verdict.WARN), "xdpd 812 (xdpd.service) holds the link");
        says(
                check(GuardName.OWNER, Stage.request("prog:977", "lxc12a/tcx/ingress/1"), Verdict.WARN),
                "cilium-agent 1204 is likely the owner");
        check(GuardName.OWNER, Stage.request("prog:2648", "eth0/tc/ingress/1:0x1"), Verdict.PASS);
    }

    @Test
    void an_interface_that_carries_ssh_is_warned_of_and_gets_a_confirm_window() {
        check(GuardName.MANAGEMENT_INTERFACE, USUAL, Verdict.PASS);
        stage.survey = new SshSessions.Survey(List.of(Stage.session(2)), List.of());
        says(check(GuardName.MANAGEMENT_INTERFACE, USUAL, Verdict.WARN), "SSH comes in through eth0");
        try (PreparedSwap prepared = stage.plan(USUAL)) {
            assertEquals(
                    Optional.of(new SwapPlan.Window(ConfirmWindow.USUAL, SwapPlan.Window.Wish.DEFAULT)),
                    prepared.plan().window());
        }
    }

    @Test
    void not_to_know_who_comes_in_is_a_warning() {
        stage.survey = new SshSessions.Survey(List.of(), List.of(new Reading.Denied<>("CAP_SYS_ADMIN")));
        says(check(GuardName.MANAGEMENT_INTERFACE, USUAL, Verdict.WARN), "needs CAP_SYS_ADMIN");
    }

    @Test
    void a_host_without_a_place_for_pins_has_no_way_back() {
        stage.world.noPins = Optional.of(new KernelException.Unsupported(new Problem("mount", "bpf", 19, "no bpffs")));
        says(check(GuardName.WAY_BACK, USUAL, Verdict.FAIL), "no bpffs");
        assertEquals(0, stage.world.openDescriptors());
    }

    @Test
    void a_journal_that_had_to_go_elsewhere_is_warned_of() {
        stage.journal.warnings.add("/var/lib/bpfbay is read-only");
        try (PreparedSwap prepared = stage.plan(USUAL)) {
            assertTrue(prepared.plan().warned().contains(GuardName.WAY_BACK));
        }
    }

    @Test
    void a_guard_process_that_does_not_start_is_no_way_back() {
        stage.guardians.startFails = Optional.of(new KernelException(new Problem("spawn", "guard", 12, "")));
        SwapRequest request = USUAL.confirming(new ConfirmWindow.Within(ConfirmWindow.USUAL));
        try (PreparedSwap prepared = stage.plan(request)) {
            assertTrue(prepared.plan().guard(GuardName.WAY_BACK).orElseThrow().isFailed());
        }
        assertEquals(List.of(), stage.world.ways());
    }

    @Test
    void locks_that_others_do_not_see_are_warned_of() {
        check(GuardName.LOCK, USUAL, Verdict.PASS);
        stage.locks.blindSpot = Optional.of("bpfbays of the host are not seen from this container");
        says(check(GuardName.LOCK, USUAL, Verdict.WARN), "container");
    }

    @Test
    void what_names_nothing_is_not_understood() {
        for (String candidate : List.of("prog:25", "prog:999", "pin:/none")) {
            assertThrows(NotUnderstoodException.class, () -> stage.plan(Stage.request(candidate, XDP)));
        }
        assertThrows(NotUnderstoodException.class, () -> stage.plan(Stage.request("prog:4027", "eth7/xdp")));
        assertThrows(NotUnderstoodException.class, () -> stage.plan(Stage.request("prog:4027", XDP, XDP)));
        assertThrows(NotUnderstoodException.class, () -> stage.plan(Stage.request("obj:fw.o:other", XDP)));
        assertEquals(0, stage.world.openDescriptors());
        assertTrue(stage.locks.taken.isEmpty());
    }

    @Test
    void a_pin_of_a_link_is_no_candidate() {
        stage.world.pins.put(folder.resolve("guard"), ObjectId.link(88));
        NotUnderstoodException e = assertThrows(
                NotUnderstoodException.class, () -> stage.plan(Stage.request("pin:" + folder.resolve("guard"), XDP)));
        assertTrue(e.getMessage().endsWith("it pins a link, not a program"), e::getMessage);
    }
}
