package bpfbay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eth0/xdp",
                "eth0/xdp/offloaded",
                "eth0/xdp/slot:2",
                "eth0/tcx/ingress/2",
                "netns:blue/nk0/netkit/peer/1",
                "eth0/tc/ingress/1:0x1",
                "eth0/tc/egress/49152:0x80000001/chain:5/proto:0x88cc",
                "eth0/tc/parent:1:10/10:0x1/proto:ip",
                "netns:4026532177/block:22/tc/ingress/1:0x1",
                "cgroup:/inet_egress/1",
                "cgroup:/system.slice/x.service/inet_egress/1",
                "cgroup:/a/attach_type_61/1",
                "cgroup:/a/lsm_cgroup/1",
                "netns/flow_dissector/1",
                "netns:blue/netns/sk_lookup/1",
                "netfilter/ipv4/prerouting/-128/1",
                "link:4294967295",
                "e\u001b[31m\udcff/xdp",
                "netns/xdp",
                "netfilter/tcx/egress/1",
            })
    void a_ref_prints_as_it_was_written(String text) {
        assertEquals(text, Ref.parse(text).text());
    }

    @ParameterizedTest
    @CsvSource({
        "eth0/tc/ingress/01:0x0001/chain:0/proto:all, eth0/tc/ingress/1:0x1",
        "eth0/tc/ingress/1:0xAB/proto:0x0800, eth0/tc/ingress/1:0xab/proto:ip",
        "eth0/tc/parent:ffff:fff2/1:0x1, eth0/tc/ingress/1:0x1",
    })
    void other_spellings_become_the_usual_one(String text, String usual) {
        assertEquals(usual, Ref.parse(text).text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eth0/xpd | unknown hook 'xpd': did you mean 'xdp'?",
                "eth0/tcx/ingres/1 | unknown direction 'ingres': did you mean 'ingress'?",
                "eth0 | a hook must follow the interface, such as eth0/xdp",
                "/xdp | no interface is named",
                "eth0/tcx/ingress/0 | positions count from 1",
                "eth0/tcx/ingress/+1 | '+1' is no position",
                "eth0/tc/ingress/1 | '1' is no PRIO:0xHANDLE",
                "eth0/tc/ingress/1:0x100000000 | '0x100000000' is no handle",
                "eth0/tc/ingress/1:0x1/chein:1 | after PRIO:0xHANDLE comes /chain:N or /proto:WORD, not 'chein:1'",
                "link:x | 'x' is no link id",
                "link:-1 | '-1' is no link id",
                "cgroup:/a/inet_egres/1 | unknown attach type 'inet_egres': did you mean 'inet_egress'?",
                "cgroup:inet_egress/1 | a cgroup ref is cgroup:/PATH/ATTACHTYPE/POSITION",
                "netns:blue | a place must follow the namespace, such as netns:blue/eth0/xdp",
            })
    void what_is_no_ref_says_where_and_what_was_expected(String text, String why) {
        RefSyntaxException e = assertThrows(RefSyntaxException.class, () -> Ref.parse(text));
        assertEquals("bad ref '" + text + "': " + why, e.getMessage());
    }

    @Property
    void any_text_is_a_ref_or_says_why_not(@ForAll("almostRefs") String text) {
        try {
            Ref ref = Ref.parse(text);
            assertEquals(ref, Ref.parse(ref.text()));
        } catch (RefSyntaxException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("ref"));
        }
    }

    @Provide
    Arbitrary<String> almostRefs() {
        Arbitrary<String> pieces = Arbitraries.of(
                "eth0",
                "netns:",
                "blue",
                "/",
                "/",
                "xdp",
                "tcx",
                "tc",
                "netkit",
                "ingress",
                "peer",
                "slot:",
                "1",
                "0",
                ":0x",
                "ff",
                "link:",
                "cgroup:",
                "inet_egress",
                "netns",
                "netfilter",
                "sk_lookup",
                "chain:",
                "proto:",
                "ip",
                "block:",
                "parent:",
                "-",
                "4294967296",
                "\udcff",
                "\u202e",
                " ");
        return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    }
}
