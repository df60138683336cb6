package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.export.SwapJson;
import bpfbay.export.SwapText;
import bpfbay.kernel.Guardians;
import bpfbay.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTextTest {
    @TempDir
    Path folder;

    @Test
    void a_plan_shows_the_target_the_candidate_and_every_guard() {
        Stage stage = new Stage(folder);
        SwapRequest request = Stage.request("prog:4027", "eth0/xdp")
                .confirming(new ConfirmWindow.Within(Duration.ofSeconds(90)))
                .onlyPlanned();
        try (PreparedSwap prepared = stage.plan(request)) {
            String text = SwapText.of(prepared.plan());
            assertEquals(
                    """
                    swap  eth0/xdp   compare-and-swap   ID
                    from  xdp_fw #3815  08a6f247  loaded 2026-11-21T09:03:35Z  link 88  owner xdpd 812  pin /sys/fs/bpf/fw/xdp
                    to    xdp_fw #4027  58da18a2  loaded 2026-11-21T09:07:07Z  prog:4027
                    by    BPF_LINK_UPDATE, expected program #3815; seen without a gap on veth, not tried on the driver of eth0
                    then  reverts in 90s unless confirmed
                    ok    target-unchanged      eth0/xdp: xdp_fw #3815 stands there; a change to another program and back would not be noticed
                    ok    candidate-fits-hook   eth0/xdp: type xdp
                    ok    candidate-verifies    it is loaded already
                    ok    candidate-differs
                    ok    place                 eth0/xdp: seen without a gap on veth, not tried on the driver of eth0
                    warn  maps                  cnt #25 → #31: re-created empty, the live one has 0 entries
                                                xdp_fw.rodata #26: shared
                                                the candidate's own maps take 4096 bytes
                    n/a   tail-calls            neither program has a program array
                    n/a   test-run              not asked for
                    warn  owner                 xdpd 812 (xdpd.service) holds the link and may put its own back
                    ok    management-interface  no SSH connection comes in through eth0
                    ok    way-back              kept under FOLDER/ID
                    ok    lock                  no other swap is at work here
                    """,
                    text.replace(prepared.plan().id(), "ID")
                            .replace(folder.resolve("bpf").toString(), "FOLDER"));
        }
    }

    @Test
    void what_is_agreed_to_beside_the_swap_stands_in_the_text_and_in_the_json() {
        Stage stage = new Stage(folder);
        Snapshot pinned = Stage.pinned(stage.snapshot, 3815, Path.of("/sys/fs/bpf/fw/old"));
        SwapRequest request = Stage.request("prog:4027", "eth0/xdp")
                .confirming(new ConfirmWindow.Within(Duration.ofSeconds(90)))
                .probing(new Guardians.Probe(Path.of("/usr/local/bin/well"), Duration.ofSeconds(10)))
                .withCanary(new SwapRequest.Canary(1, Duration.ofSeconds(5)))
                .withPins(SwapRequest.Pins.RENEW)
                .onlyPlanned();
        try (PreparedSwap prepared = stage.engine.plan(request, pinned)) {
            String text = SwapText.of(prepared.plan());
            assertTrue(
                    text.contains(
                            """

                            then  reverts in 90s unless confirmed
                            first 1, the rest after 5s without trouble
                            probe /usr/local/bin/well confirms it, or undoes it
                            pins  /sys/fs/bpf/fw/old will name the new program once it stays
                            """),
                    text);
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            SwapJson.write(stage.engine.planned(prepared), json);
            assertTrue(
                    json.toString(StandardCharsets.UTF_8)
                            .contains(
                                    """
                                    "outcome":"planned","candidate":"prog:4027","confirm_within_ms":90000,\
                                    "canary":{"first":1,"soak_ms":5000},"probe":"/usr/local/bin/well",\
                                    "renews":["/sys/fs/bpf/fw/old"],"guards":"""),
                    json::toString);
        }
    }
}
