package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Attachment;
import bpfbay.model.ProgType;
import bpfbay.model.Ref;
import bpfbay.model.Snapshot;
import bpfbay.swap.Candidate;
import bpfbay.swap.ConfirmWindow;
import bpfbay.swap.Expectation;
import bpfbay.swap.GuardName;
import bpfbay.swap.GuardResult;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Command;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.SwapNews;
import bpfbay.tui.state.SwapWish;
import bpfbay.tui.state.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A swap by keys: what leads to a commit, and all that does not. */
class SwapScreenTest {
    private final Snapshot edge = Snapshots.edge();
    private final Driver driver = new Driver(80, 24).see(edge);

    private String shown() {
        return driver.draw().text();
    }

    private Driver atPlan() {
        return Swapping.planned(driver.press("s<ENTER>"), Swapping.warned());
    }

    private void assertNothingCommitted() {
        assertFalse(Swapping.wishes(driver).stream().anyMatch(wish -> wish instanceof SwapWish.Commit));
    }

    @Test
    void a_candidate_is_chosen_the_name_typed_and_only_then_it_is_committed() {
        driver.press("s");
        assertTrue(shown().contains("attached nowhere"), shown());
        driver.press("<ENTER>");
        SwapRequest request = Swapping.request(driver);
        assertEquals(new SwapRequest.Target.Named(List.of(Ref.parse("eth0/xdp"))), request.target());
        assertEquals(Optional.of(new Expectation.OfProgram(3815)), request.expected());
        Swapping.planned(driver, Swapping.warned());
        assertNothingCommitted();
        driver.press("seth0");
        assertNothingCommitted();
        driver.press("<ENTER>");
        assertEquals(new SwapWish.Commit(Swapping.ID, "eth0"), Swapping.last(driver));
        assertTrue(shown().contains("swapping eth0/xdp"), shown());
        Swapping.ended(driver, Swapping.pending());
        assertTrue(shown().contains("reverts   in 00:47 unless confirmed (c)"), shown());
        driver.press("jj").see(edge);
        assertTrue(shown().contains("swap: pending"), "it stays until it is dismissed");
        driver.press("<ESC>");
        assertTrue(shown().contains("IFACE"), shown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth", "eth00", "ETH0", "eth0 ", " eth0", "yes", "", "2"})
    void any_other_phrase_does_nothing(String phrase) {
        atPlan().press("s" + phrase + "<ENTER>");
        assertNothingCommitted();
        assertTrue(shown().contains("nothing was done"), shown());
        assertTrue(shown().contains("swap eth0/xdp"), "the plan is still there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<ENTER>", "<ESC>", "<BACKSPACE>", "<LEFT>"})
    void leaving_is_the_focus_and_lets_go_of_the_plan(String key) {
        atPlan().press(key);
        assertEquals(new SwapWish.Drop(), Swapping.last(driver));
        assertTrue(shown().contains("for which program?"), "back at the candidates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0<ENTER>", "1", "9", "i", "o", "n", "/eth0<ENTER>", " ", "u", "S", "<F5>y", "<C-d>"})
    void a_wrong_key_does_nothing(String keys) {
        atPlan().press(keys.replace("<F5>", "<OTHER>"));
        assertNothingCommitted();
    }

    @Test
    void a_paste_never_commits() {
        atPlan().on(new Event.Pasted("seth0\r"));
        driver.press("s").on(new Event.Pasted("eth0"));
        assertTrue(shown().contains("typed, not pasted"), shown());
        driver.press("<ENTER>");
        assertNothingCommitted();
        atPlan().press("set").on(new Event.Pasted("h0")).press("<ENTER>");
        assertNothingCommitted();
    }

    @Test
    void a_failed_guard_cannot_be_overridden() {
        driver.press("s<ENTER>");
        Swapping.planned(driver, Swapping.of(GuardResult.fail(GuardName.LOCK, "pid 77 swaps eth0/xdp")));
        driver.press("s");
        assertTrue(shown().contains("refused: lock failed"), shown());
        assertTrue(driver.state().prompt().isEmpty());
        driver.press("eth0<ENTER>");
        assertNothingCommitted();
        assertTrue(shown().contains("REFUSED"), shown());
    }

    @Test
    void the_target_is_what_was_shown_though_rows_re_sort_meanwhile() {
        driver.press("jj");
        Optional<Attachment> second = edge.attachments().stream()
                .filter(a -> a.ref().equals("eth0/tcx/ingress/2"))
                .findFirst();
        driver.press("s");
        List<Attachment> turned = new ArrayList<>(edge.attachments());
        Collections.reverse(turned);
        driver.see(Later.with(edge, turned)).press("<ENTER>");
        assertEquals(
                Optional.of(
                        new Expectation.OfProgram(second.orElseThrow().progId().orElseThrow())),
                Swapping.request(driver).expected());
    }

    @Test
    void a_target_that_is_gone_gets_no_plan() {
        driver.press("s").see(Later.without(edge, "eth0/xdp")).press("<ENTER>");
        assertTrue(shown().contains("eth0/xdp is gone"), shown());
        assertEquals(List.of(), Swapping.wishes(driver));
    }

    @Test
    void a_plan_says_when_its_place_changed_meanwhile() {
        atPlan().see(Later.swapped(edge, "eth0/xdp", 7007));
        assertTrue(shown().contains("NOW   eth0/xdp runs another program"), shown());
    }

    @Test
    void a_late_plan_of_what_was_left_does_not_show_up() {
        driver.press("s<ENTER>");
        SwapRequest request = Swapping.request(driver);
        driver.press("<ESC><ESC>").on(new Event.Swap(Swapping.answer(request, Swapping.warned())));
        assertTrue(shown().contains("IFACE"), shown());
        assertEquals(new SwapWish.Drop(), Swapping.last(driver));
    }

    @Test
    void picked_rows_make_a_group_whose_count_is_typed() {
        driver.press("/cil_from_con<ENTER>  s");
        assertTrue(shown().contains("2 places"), shown());
        driver.press("<ENTER>");
        assertEquals(
                new SwapRequest.Target.Named(
                        List.of(Ref.parse("lxc12a/tcx/ingress/1"), Ref.parse("lxc34b/tcx/ingress/1"))),
                Swapping.request(driver).target());
        Swapping.planned(driver, Swapping.group()).press("slxc12a<ENTER>");
        assertNothingCommitted();
        driver.press("s2<ENTER>");
        assertEquals(new SwapWish.Commit(Swapping.ID, "2"), Swapping.last(driver));
        Swapping.ended(driver, new SwapOutcome.Swapped(Swapping.summary()));
        assertEquals(Set.of(), driver.state().desk().picked());
    }

    @Test
    void rows_of_two_kinds_make_no_group() {
        driver.press("  s");
        assertTrue(shown().contains("one candidate cannot fit"), shown());
        driver.press("<ESC>2 1s");
        assertTrue(shown().contains("no attachments"), shown());
    }

    @ParameterizedTest
    @CsvSource({"nf_drop", "dissect", "classic", "tcp_connect", "xdp_filter"})
    void a_kind_without_an_atomic_way_is_refused_with_the_reason(String filter) {
        driver.press("/" + filter + "<ENTER>s");
        assertEquals(List.of(), Swapping.wishes(driver));
        assertTrue(driver.state().notice().isPresent());
        assertFalse(shown().contains("for which program?"), shown());
    }

    @Test
    void while_it_runs_nothing_else_is_done() {
        atPlan().press("seth0<ENTER>");
        driver.effects().clear();
        driver.press("q1<ESC><ENTER>u<C-c>");
        assertEquals(List.of(), driver.effects());
        assertTrue(shown().contains("under way"), shown());
    }

    @Test
    void maps_are_given_one_by_one_and_the_plan_made_anew() {
        driver.press(":swap obj:fw.o:xdp_fw<ENTER>");
        Swapping.planned(
                driver, Swapping.plan(new Candidate.OfObject(Path.of("fw.o"), Optional.of("xdp_fw")), List.of(), ""));
        driver.press("r");
        assertTrue(shown().contains("[ ] cnt"), shown());
        driver.press(" ");
        assertTrue(shown().contains("[x] cnt"), shown());
        driver.press("G<ENTER>");
        assertEquals(Set.of("cnt"), Swapping.request(driver).reuse());
        Swapping.planned(driver, Swapping.warned()).press("r");
        assertTrue(shown().contains("[x] cnt"), shown());
    }

    @Test
    void a_loaded_program_cannot_be_given_maps() {
        atPlan().press("r");
        assertTrue(shown().contains("keeps its maps"), shown());
    }

    @Test
    void a_test_run_is_only_made_when_asked_for() {
        atPlan().press("t<ENTER>");
        assertEquals(
                new SwapRequest.TestRun.NotAsked(), Swapping.request(driver).testRun());
        driver.press("tj<ENTER>");
        assertEquals(
                new SwapRequest.TestRun.Asked(SwapRequest.TestRun.Programs.CANDIDATE, Optional.empty()),
                Swapping.request(driver).testRun());
    }

    @Test
    void a_time_to_confirm_can_be_asked_for() {
        atPlan().press("wjj<ENTER>");
        assertEquals(
                new ConfirmWindow.Within(Duration.ofSeconds(60)),
                Swapping.request(driver).window());
    }

    @Test
    void a_path_is_completed_and_its_programs_are_chosen_from() {
        driver.press("sG<ENTER>build/f<TAB>");
        assertEquals(new SwapWish.Paths("build/f"), Swapping.last(driver));
        driver.on(new Event.Swap(new SwapNews.Paths("build/f", List.of("build/fw.o", "build/fw2.o"))));
        assertEquals("build/fw", driver.state().prompt().orElseThrow().text());
        assertTrue(shown().contains("build/fw2.o"), shown());
        driver.press(".o<ENTER>");
        assertEquals(new SwapWish.Programs("build/fw.o"), Swapping.last(driver));
        driver.on(new Event.Swap(new SwapNews.Programs(
                "build/fw.o",
                List.of(
                        new SwapNews.Defined("xdp_a", "xdp", ProgType.XDP),
                        new SwapNews.Defined("xdp_b", "xdp.frags", ProgType.XDP),
                        new SwapNews.Defined("tc_c", "tc", ProgType.SCHED_CLS)))));
        assertTrue(shown().contains("xdp_b"), shown());
        assertFalse(shown().contains("tc_c"), shown());
        driver.press("j<ENTER>");
        assertEquals(
                "obj:build/fw.o:xdp_b", Swapping.request(driver).candidate().text());
    }

    @Test
    void what_is_wrong_with_an_object_file_is_said() {
        driver.press("sG<ENTER>nothing.o<ENTER>")
                .on(new Event.Swap(new SwapNews.NotRead("nothing.o", "nothing.o: no such file")));
        assertTrue(shown().contains("no such file"), shown());
        driver.press("<ENTER>prog:0<ENTER>");
        assertTrue(shown().contains("no program id"), shown());
    }

    @Test
    void a_plan_that_cannot_be_made_says_why_and_can_only_be_left() {
        driver.press("s<ENTER>");
        driver.on(new Event.Swap(new SwapNews.NotPlanned(Swapping.request(driver), "needs CAP_NET_ADMIN")));
        assertTrue(shown().contains("needs CAP_NET_ADMIN"), shown());
        driver.press("seth0<ENTER>");
        assertNothingCommitted();
    }

    @Test
    void the_journal_is_looked_at_with_every_picture() {
        int before = driver.looks();
        driver.see(edge);
        assertEquals(before + 1, driver.looks());
    }

    @Test
    void everybody_sees_what_reverts_and_one_key_confirms_it() {
        Swapping.listed(driver, Swapping.record(SwapRecord.Standing.PENDING));
        for (String keys : new String[] {"2", "<ENTER>", "?", "<ESC>", "1i", "<ESC>"}) {
            assertTrue(
                    driver.press(keys).draw().line(0).contains("reverts in 00:47"),
                    driver.draw().line(0));
        }
        driver.wait(Duration.ofSeconds(5));
        assertTrue(driver.draw().line(0).contains("reverts in 00:42 unless confirmed (c)"));
        driver.press("c");
        assertEquals(new SwapWish.Confirm(Swapping.ID), Swapping.last(driver));
    }

    @Test
    void which_one_to_confirm_is_asked_when_there_are_several() {
        Swapping.listed(
                driver,
                Swapping.record("b", SwapRecord.Standing.PENDING, "eth1/xdp"),
                Swapping.record("a", SwapRecord.Standing.PENDING, "eth0/xdp"));
        driver.press("c");
        assertEquals(List.of(), Swapping.wishes(driver));
        assertTrue(shown().contains("which of them may stay?"), shown());
        driver.press("j<ENTER>");
        assertEquals(new SwapWish.Confirm("a"), Swapping.last(driver));
    }

    @Test
    void nothing_is_confirmed_or_undone_where_there_is_nothing() {
        driver.press("cu");
        assertEquals(List.of(), Swapping.wishes(driver));
        assertTrue(shown().contains("no swap with a way back"), shown());
    }

    @Test
    void undoing_names_what_it_puts_back_and_leaves_it_on_a_bare_enter() {
        Swapping.listed(driver, Swapping.record(SwapRecord.Standing.CONFIRMED));
        driver.press("u");
        assertTrue(shown().contains("xdp_fw #4027 back to xdp_fw #3815"), shown());
        driver.press("<ENTER>");
        assertEquals(List.of(), Swapping.wishes(driver));
        driver.press("uj ");
        assertEquals(List.of(), Swapping.wishes(driver));
        driver.press("<ENTER>");
        assertEquals(new SwapWish.Undo(Swapping.ID), Swapping.last(driver));
        Swapping.ended(driver, new SwapOutcome.Reverted(Swapping.summary(), "asked for"));
        assertTrue(shown().contains("swap: reverted"), shown());
    }

    @Test
    void a_swap_of_another_boot_cannot_be_undone() {
        SwapRecord record = Swapping.record(SwapRecord.Standing.SWAPPED);
        Swapping.listed(
                driver,
                new SwapRecord(
                        record.id(),
                        "another boot",
                        record.begun(),
                        record.changed(),
                        record.last(),
                        record.by(),
                        record.members(),
                        record.standing(),
                        record.confirmBy(),
                        record.guardPid(),
                        record.detail()));
        driver.press("u");
        assertTrue(shown().contains("no swap with a way back"), shown());
    }

    @Test
    void a_swap_that_undid_itself_is_said() {
        Swapping.listed(driver, Swapping.record(SwapRecord.Standing.PENDING));
        Swapping.listed(driver, Swapping.record(SwapRecord.Standing.REVERTED));
        assertTrue(shown().contains("eth0/xdp was swapped back"), shown());
    }

    @Test
    void an_open_outcome_follows_what_becomes_of_it() {
        atPlan().press("seth0<ENTER>");
        Swapping.ended(driver, Swapping.pending());
        Swapping.listed(driver, Swapping.record(SwapRecord.Standing.PENDING));
        Swapping.listed(driver, Swapping.record(SwapRecord.Standing.REVERTED));
        assertTrue(shown().contains("nobody confirmed it in time"), shown());
    }

    @Test
    void the_cursor_stays_on_its_swap_when_a_newer_one_comes() {
        SwapRecord first = Swapping.record("a", SwapRecord.Standing.SWAPPED, "eth0/xdp");
        Swapping.listed(driver, first);
        driver.press("9");
        Swapping.listed(driver, Swapping.record("b", SwapRecord.Standing.SWAPPED, "eth1/xdp"), first);
        driver.press("<ENTER>");
        assertTrue(shown().contains("─ swap a "), shown());
    }

    @Test
    void plan_and_outcome_are_copied_as_text() {
        atPlan().press("y");
        Effect.Copy copy = (Effect.Copy) driver.effects().get(driver.effects().size() - 1);
        assertTrue(copy.text().contains("management-interface"), copy.text());
        driver.press("seth0<ENTER>");
        Swapping.ended(driver, Swapping.pending()).press("y");
        copy = (Effect.Copy) driver.effects().get(driver.effects().size() - 1);
        assertTrue(copy.text().contains("pending"), copy.text());
    }

    @ParameterizedTest
    @CsvSource({"READ_ONLY,--read-only swaps nothing", "PASSIVE,--passive swaps nothing"})
    void without_an_engine_the_keys_say_so_and_nothing_is_wished(World.Conduct conduct, String why) {
        Driver quiet = new Driver(conduct).see(edge);
        for (String key : new String[] {"s", "c", "u", "9"}) {
            quiet.press(key);
            assertTrue(quiet.draw().text().contains(why), key);
        }
        assertEquals(List.of(), quiet.effects());
        assertEquals(0, quiet.looks());
        for (Command command : Command.values()) {
            assertTrue(
                    !command.isDangerous() || command.whyDisabled(quiet.state()).isPresent(), command::word);
        }
    }

    @Test
    void an_engine_that_cannot_be_had_says_why() {
        driver.on(new Event.Swap(new SwapNews.NoEngine("swaps need CAP_NET_ADMIN")));
        driver.effects().clear();
        driver.see(edge).press("s");
        assertTrue(shown().contains("swaps need CAP_NET_ADMIN"), shown());
        assertEquals(List.of(), driver.effects());
    }

    @Test
    void the_list_of_swaps_is_drawn_without_colours_and_without_line_drawing() {
        Driver plain = new Driver(new Looks(60, 10, Theme.MONO, Glyphs.ASCII)).see(edge);
        Swapping.listed(plain, Swapping.record(SwapRecord.Standing.PENDING)).press("9");
        assertTrue(plain.draw().text().contains(" > 22:50:54Z"), plain.draw().text());
    }
}
