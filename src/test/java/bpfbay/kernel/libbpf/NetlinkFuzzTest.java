package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.TcParent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are: no decoder throws, runs on for ever, or reads another's bytes. */
class NetlinkFuzzTest {
    private static final List<String> DUMPS =
            List.of("links-6.18", "qdiscs-6.18", "filters-clsact-6.18", "filters-htb-6.18", "classes-6.18");

    @Property
    void any_bytes_are_survived(@ForAll byte[] bytes) {
        decodeAll(bytes);
    }

    @Property
    void a_dump_with_wrong_bytes_in_it_is_survived(@ForAll("damaged") byte[] bytes) {
        decodeAll(bytes);
    }

    @Property
    void what_lies_behind_the_end_is_never_read(@ForAll("damaged") byte[] bytes, @ForAll byte behind) {
        byte[] between = new byte[NetlinkDump.REPLY_BYTES + bytes.length + 64];
        java.util.Arrays.fill(between, behind);
        ByteBuffer buffer = ByteBuffer.wrap(between).order(ByteOrder.nativeOrder());
        buffer.putInt(0, bytes.length).put(NetlinkDump.REPLY_BYTES, bytes);
        NetlinkDump dump = NetlinkDump.of(buffer);
        assertEquals(
                NetlinkLinks.decode(NetlinkBuilder.messages(bytes), 1),
                NetlinkLinks.decode(dump.messages(dump.replies().get(0)), 1));
    }

    @Property
    void replies_stay_within_the_buffer(@ForAll byte[] bytes) {
        NetlinkDump dump = NetlinkDump.of(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
        for (NetlinkDump.Reply reply : dump.replies()) {
            assertTrue(0 <= reply.from() && reply.from() <= reply.to() && reply.to() <= bytes.length);
        }
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        return Arbitraries.of(DUMPS).flatMap(name -> {
            byte[] bytes = Captured.bytes(name);
            return Combinators.combine(
                            Arbitraries.integers().between(0, bytes.length),
                            Arbitraries.integers()
                                    .between(0, bytes.length - 1)
                                    .list()
                                    .ofMaxSize(8),
                            Arbitraries.bytes())
                    .as((length, places, value) -> {
                        byte[] damaged = java.util.Arrays.copyOf(bytes, length);
                        places.stream().filter(at -> at < length).forEach(at -> damaged[at] = value);
                        return damaged;
                    });
        });
    }

    private static void decodeAll(byte[] bytes) {
        TcPoint point = new TcPoint(3, TcParent.INGRESS, OptionalInt.empty());
        NetlinkLinks.decode(NetlinkBuilder.messages(bytes), 1);
        NetlinkAddresses.decode(NetlinkBuilder.messages(bytes));
        NetlinkRoute.decode(NetlinkBuilder.messages(bytes));
        TcpSocket.decode(NetlinkBuilder.messages(bytes), new ArrayList<>());
        TcQdiscs.decode(NetlinkBuilder.messages(bytes));
        TcFilters.decode(NetlinkBuilder.messages(bytes), point);
        TcPoint.ofClasses(
                NetlinkBuilder.messages(bytes),
                TcQdiscs.decode(Captured.messages("qdiscs-6.18")).qdiscs());
    }
}
