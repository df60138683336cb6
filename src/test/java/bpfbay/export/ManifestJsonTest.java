package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.diagnose.Hooks;
import bpfbay.diagnose.Manifest;
import bpfbay.testing.Snapshots;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestJsonTest {
    private static String written(Manifest manifest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ManifestJson.write(manifest, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_written_is_read_back() {
        Manifest manifest = Hooks.of(Snapshots.edge());

        assertEquals(manifest, ManifestReader.parse("edge.json", written(manifest)));
    }

    @Test
    void a_manifest_names_hooks_and_builds_and_no_ids() {
        String text = written(Hooks.of(Snapshots.edge()));

        assertTrue(
                text.contains("{\"hook\":\"cgroup\",\"on\":\"/\",\"side\":\"cgroup_inet_egress\",\"programs\":"
                        + "[{\"name\":\"acct_egress\",\"fingerprint\":\"fp-acct_egress\"}]}"),
                text);
        assertTrue(
                text.contains("{\"hook\":\"xdp\",\"on\":\"eth0\",\"programs\":"
                        + "[{\"name\":\"xdp_fw\",\"fingerprint\":\"fp-xdp_fw\",\"mode\":\"native\"}]}"),
                text);
        assertTrue(text.contains("{\"hook\":\"xdp\",\"netns\":\"blue\",\"on\":\"eth0\""), text);
        assertTrue(text.contains("{\"hook\":\"freplace\",\"on\":\"eth1\",\"side\":\"prog1\","), text);
        assertTrue(text.contains("{\"hook\":\"netfilter\",\"side\":\"ipv4/prerouting/-128\","), text);
        assertFalse(text.contains("3815"), text);
        assertFalse(text.contains("bpfbay_links"), text);
    }

    @Test
    void the_order_of_hooks_is_that_of_names() {
        assertEquals(written(Hooks.of(Snapshots.edge())), written(Hooks.of(Snapshots.edge())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "; m.json: it is not JSON: ",
                "{; m.json: it is not JSON: ",
                "[]; m.json: it is not an object",
                "{} {}; m.json: ",
                "{}; m.json: it has no schema, and so is no manifest",
                "{'schema':'bpfbay/snapshot/1','hooks':[]}; m.json: schema: 'bpfbay/snapshot/1' is not bpfbay/manifest/1",
                "{'schema':'bpfbay/manifest/1'}; m.json: its hooks is not a list",
                "{'schema':'bpfbay/manifest/1','hooks':[3]}; m.json: hooks[0]: it is not an object",
                "{'schema':'bpfbay/manifest/1','hooks':[{}]}; m.json: hooks[0]: it has no hook",
                "{'schema':'bpfbay/manifest/1','hooks':[{'hook':'xpd','on':'a','programs':[]}]}; m.json: hooks[0].hook:"
                        + " unknown hook 'xpd': did you mean 'xdp'?",
                "{'schema':'bpfbay/manifest/1','hooks':[{'hook':'xdp','programs':[]}]}; m.json: hooks[0]: it does not say on"
                        + " what",
                "{'schema':'bpfbay/manifest/1','hooks':[{'hook':'xdp','on':'a','program':[]}]}; m.json: hooks[0]: unknown"
                        + " field 'program': did you mean 'programs'?",
                "{'schema':'bpfbay/manifest/1','hooks':[{'hook':'xdp','on':'a','programs':[{'name':7}]}]}; m.json:"
                        + " hooks[0].programs[0]: its name is not text",
                "{'schema':'bpfbay/manifest/1','hooks':[{'hook':'tc','on':'a','programs':[{'name':'x','priority':1e999999999}]}]};"
                        + " m.json: hooks[0].programs[0]: its priority is not a number of 32 bits",
                "{'schema':'bpfbay/manifest/1','hooks':[{'hook':'xdp','on':'a','programs':[]},{'hook':'xdp','on':'a','programs':[]}]};"
                        + " m.json: hooks[1]: a/xdp is declared twice",
                "{'schema':'bpfbay/manifest/1','hooks':[{'hook':'xdp','on':'a','programs':[{'name':'x','fingerprint':'1','object':'o'}]}]};"
                        + " m.json: hooks[0].programs[0]: fingerprint and object both say the build",
            })
    void what_is_wrong_is_said_in_one_line_with_its_place(String text, String message) {
        String json = text == null ? "" : text.replace('\'', '"');
        UnreadableException e = assertThrows(UnreadableException.class, () -> ManifestReader.parse("m.json", json));
        String said = String.valueOf(e.getMessage());
        assertTrue(said.startsWith(message), said);
        assertFalse(said.contains("\n"), said);
    }

    @Test
    void a_file_nested_without_end_ends_in_an_error() {
        String deep = "{\"schema\":\"bpfbay/manifest/1\",\"hooks\":" + "[".repeat(1_000_000);
        assertThrows(UnreadableException.class, () -> ManifestReader.parse("m.json", deep));
    }

    @Test
    void a_manifest_cut_anywhere_is_an_error_and_nothing_else() {
        String whole = written(Hooks.of(Snapshots.edge())).strip();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThrows(UnreadableException.class, () -> ManifestReader.parse("m.json", cut));
        }
    }
}
