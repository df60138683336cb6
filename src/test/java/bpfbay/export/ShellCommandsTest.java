package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Attachment;
import bpfbay.model.RawText;
import bpfbay.model.ShellQuote;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class ShellCommandsTest {
    private static final Snapshot EDGE = Snapshots.edge();

    @Test
    void an_xdp_program_is_shown_by_ip_and_by_its_link_and_program() {
        assertEquals(
                List.of("ip -d link show dev eth0", "bpftool link show id 88", "bpftool prog show id 3815"),
                of("eth0/xdp"));
    }

    @Test
    void a_filter_is_shown_by_tc_on_its_parent() {
        assertEquals(
                "tc filter show dev eth0 ingress", of("eth0/tc/ingress/1:0x1").get(0));
        assertEquals(
                "tc filter show dev eth0 parent 1:10",
                of("eth0/tc/parent:1:10/10:0x80000001/proto:ip").get(0));
        assertEquals("tc filter show block 22", of("block:22/tc/ingress/1:0x1").get(0));
    }

    @Test
    void what_is_elsewhere_is_asked_there() {
        assertEquals(
                "ip netns exec blue ip -d link show dev eth0",
                of("netns:blue/eth0/xdp").get(0));
    }

    @Test
    void a_hostile_name_is_quoted_byte_by_byte() {
        assertEquals(
                "ip -d link show dev $'e\\033[31m\\377'",
                of("e\u001b[31m\udcff/xdp/offloaded").get(0));
        assertEquals(
                "bpftool prog show pinned $'/sys/fs/bpf/it\\'s a a\\033[2J\\342\\200\\256b\\377\\302\\233'",
                ShellCommands.of(EDGE.pins().get(EDGE.pins().size() - 1)).get(0));
    }

    @Test
    void every_row_has_a_command_that_is_safe_to_draw() {
        for (Attachment a : EDGE.attachments()) {
            List<String> commands = ShellCommands.of(a, EDGE);
            assertTrue(!commands.isEmpty(), a.ref());
            commands.forEach(c -> assertEquals(c, Escaper.escape(c)));
        }
    }

    @Property(tries = 50)
    void bash_reads_back_what_was_quoted(@ForAll @Size(max = 24) byte[] bytes) throws InterruptedException {
        assertReadBack(bytes);
    }

    @Property(tries = 50)
    void bash_reads_back_plain_text(@ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 24) String text)
            throws InterruptedException {
        assertReadBack(RawText.encode(text));
    }

    private static void assertReadBack(byte[] bytes) throws InterruptedException {
        for (byte b : bytes) {
            Assume.that(b != 0);
        }
        assertArrayEquals(bytes, echoed(ShellQuote.quote(RawText.decode(bytes))));
    }

    private static byte[] echoed(String quoted) throws InterruptedException {
        try {
            Process bash = new ProcessBuilder("bash", "-c", "printf %s " + quoted).start();
            byte[] out = bash.getInputStream().readAllBytes();
            assertEquals(0, bash.waitFor());
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> of(String ref) {
        return ShellCommands.of(
                EDGE.attachments().stream()
                        .filter(a -> a.ref().equals(ref))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(ref)),
                EDGE);
    }
}
