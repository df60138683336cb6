package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Primitive;
import bpfbay.swap.Call;
import bpfbay.swap.GuardName;
import bpfbay.swap.GuardResult;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.Recovery;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SwapJsonTest {
    private static final Instant AT = Instant.parse("2026-11-21T22:53:00Z");

    private static SwapOutcome.Place place(String ref) {
        return new SwapOutcome.Place(
                ref,
                Optional.of(Call.of(Primitive.XDP_LINK)),
                OptionalInt.of(88),
                Optional.of(new ProgramMark(3815, "xdp_fw", "9af1c02e00000000")),
                Optional.of(new ProgramMark(4027, "xdp_fw", "51f06b1d00000000")),
                ref + ": xdp_fw #4027");
    }

    private static SwapOutcome.Summary summary(SwapOutcome.Place... places) {
        return new SwapOutcome.Summary(
                "20261121-225200-3f1a",
                List.of(places),
                List.of(
                        GuardResult.pass(GuardName.LOCK),
                        GuardResult.warn(GuardName.OWNER, "xdpd 812 holds the link", "and may put its own back"),
                        GuardResult.notApplicable(GuardName.TAIL_CALLS)),
                List.of("seen"));
    }

    private static String json(Consumer<ByteArrayOutputStream> write) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write.accept(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_pending_swap_of_one_place_is_one_flat_object() {
        String one = json(out -> SwapJson.write(new SwapOutcome.Pending(summary(place("eth0/xdp")), AT), out));
        assertEquals(
                """
                {"schema":"bpfbay/swap/1","id":"20261121-225200-3f1a","ref":"eth0/xdp",\
                "from":{"prog_id":3815,"prog_name":"xdp_fw","tag":"9af1c02e00000000"},\
                "to":{"prog_id":4027,"prog_name":"xdp_fw","tag":"51f06b1d00000000"},"link_id":88,\
                "primitive":"BPF_LINK_UPDATE, expected program","kind":"xdp_link","class":"compare-and-swap",\
                "outcome":"pending","confirm_by":"2026-11-21T22:53:00Z",\
                "guards":[{"name":"lock","result":"pass"},\
                {"name":"owner","result":"warn","evidence":"xdpd 812 holds the link\\nand may put its own back"},\
                {"name":"tail-calls","result":"n/a"}],"notes":["seen"],"state":"eth0/xdp: xdp_fw #4027"}
                """,
                one);
    }

    @Test
    void a_group_has_members_with_their_states() {
        String group = json(out -> SwapJson.write(
                new SwapOutcome.Stale(summary(place("eth0/xdp"), place("eth1/xdp")), "somebody was faster"), out));
        assertTrue(group.contains("\"members\":[{\"ref\":\"eth0/xdp\""), group);
        assertTrue(group.contains("\"state\":\"eth1/xdp: xdp_fw #4027\"}],\"outcome\":\"stale\""), group);
        assertTrue(group.contains("\"why\":\"somebody was faster\""), group);
    }

    @Test
    void swaps_of_the_journal_say_who_and_until_when() {
        SwapRecord swap = new SwapRecord(
                "20261121-225200-3f1a",
                "boot",
                AT,
                AT,
                JournalEvent.PENDING,
                new JournalEntry.By(812, "bpfbay", "root"),
                List.of(new SwapRecord.Member(
                        0,
                        "eth0/xdp",
                        "xdp_link",
                        Optional.empty(),
                        OptionalInt.of(88),
                        Optional.empty(),
                        Optional.empty(),
                        JournalEvent.PENDING)),
                SwapRecord.Standing.PENDING,
                Optional.of(AT),
                OptionalInt.of(4711),
                "");
        String all = json(out -> SwapJson.writeSwaps(List.of(swap), out));
        assertTrue(all.startsWith("{\"schema\":\"bpfbay/swaps/1\",\"swaps\":[{\"id\":\"20261121-225200-3f1a\""), all);
        assertTrue(all.contains("\"outcome\":\"pending\""), all);
        assertTrue(all.contains("\"confirm_by\":\"2026-11-21T22:53:00Z\",\"guard_pid\":4711"), all);
        assertTrue(SwapText.of(List.of(swap), AT.minusSeconds(47)).contains("  root  00:47\n"));
    }

    @Test
    void recoveries_say_what_was_found_and_done() {
        Recovery recovery = new Recovery("x", Recovery.State.NEW, List.of("eth0/xdp: #4027"), "undone");
        assertEquals(
                "{\"schema\":\"bpfbay/recover/1\",\"swaps\":[{\"id\":\"x\",\"found\":\"new\","
                        + "\"places\":[\"eth0/xdp: #4027\"],\"done\":\"undone\"}]}\n",
                json(out -> SwapJson.writeRecoveries(List.of(recovery), out)));
    }
}
