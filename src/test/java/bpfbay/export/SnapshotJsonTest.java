package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import bpfbay.model.Snapshot;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import bpfbay.tui.Later;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SnapshotJsonTest {
    private static final JsonObject EDGE = parsed(Snapshots.edge());

    @Test
    void a_document_is_one_line_that_names_its_schema() {
        String text = text(Snapshots.bare());
        assertTrue(text.startsWith("{\"schema\":\"bpfbay/snapshot/1\","), text);
        assertEquals(text.length() - 1, text.indexOf('\n'));
    }

    @Test
    void the_frame_is_that_of_the_contract() {
        assertEquals(
                Set.of(
                        "schema",
                        "host",
                        "taken_at",
                        "duration_ms",
                        "statistics",
                        "window_ns",
                        "counted_at",
                        "ownership",
                        "missing",
                        "processes",
                        "netns",
                        "interfaces",
                        "attachments",
                        "programs",
                        "links",
                        "maps",
                        "cgroup_ids",
                        "slots",
                        "problems"),
                EDGE.keySet());
        assertEquals("2026-11-21T22:51:07.250Z", EDGE.get("taken_at").getAsString());
        assertEquals(
                JsonParser.parseString(
                        """
                        {"name": "edge-07", "kernel": "6.18.44", "libbpf": "1.1",
                         "boot_id": "5f0c1b6e-6a0f-4f0b-9a55-2d7f3c1f9e10"}"""),
                EDGE.get("host"));
    }

    @Test
    void an_xdp_attachment_has_every_field() {
        assertEquals(
                JsonParser.parseString(
                        """
                        {"ref": "eth0/xdp", "netns": 4026531840, "ifindex": 2, "interface": "eth0", "hook": "xdp",
                         "mode": "native", "via": "link", "position": 1, "prog_id": 3815, "prog_name": "xdp_fw",
                         "tag": "%s", "link_id": 88,
                         "owners": [{"pid": 812, "comm": "xdpd", "holds": "link", "unit": "xdpd.service"}],
                         "shared_by": 1, "pins": [{"path": "/sys/fs/bpf/fw/xdp", "object": "link"}],
                         "run_count": 123456789, "run_time_ns": 4567890123}"""
                                .formatted(Snapshots.edge()
                                        .program(3815)
                                        .orElseThrow()
                                        .tag())),
                attachment("eth0/xdp"));
    }

    @Test
    void a_pin_for_a_way_back_is_marked_as_bpfbays_own() {
        JsonObject kept = attachment(parsed(Later.keptForTheWayBack()), "eth0/xdp");
        JsonObject pin = kept.getAsJsonArray("pins").get(1).getAsJsonObject();
        assertTrue(pin.get("own").getAsBoolean(), pin::toString);
    }

    @Test
    void a_filter_has_its_key_as_numbers_and_its_protocol_as_a_word() {
        JsonObject filter = attachment("eth0/tc/ingress/7:0x10/chain:5/proto:0x88cc");
        assertEquals(7, filter.get("priority").getAsInt());
        assertEquals(16, filter.get("handle").getAsInt());
        assertEquals(5, filter.get("chain").getAsInt());
        assertEquals("0x88cc", filter.get("protocol").getAsString());
        assertEquals("ingress", filter.get("direction").getAsString());
        assertTrue(filter.get("direct_action").getAsBoolean());
        assertEquals(new JsonArray(), filter.get("flags"));
        assertFalse(filter.has("parent"));
    }

    @Test
    void a_filter_elsewhere_names_its_parent_and_a_large_handle_stays_positive() {
        JsonObject filter = attachment("eth0/tc/parent:1:10/10:0x80000001/proto:ip");
        assertEquals("1:10", filter.get("parent").getAsString());
        assertFalse(filter.has("direction"));
        assertEquals(2147483649L, filter.get("handle").getAsLong());
    }

    @Test
    void a_classic_filter_on_a_block_has_no_program() {
        JsonObject filter = attachment("block:22/tc/ingress/1:0x1");
        assertEquals(22, filter.get("block").getAsInt());
        assertFalse(filter.has("prog_id"));
        assertFalse(filter.has("interface"));
        assertFalse(filter.get("direct_action").getAsBoolean());
    }

    @Test
    void a_cgroup_attachment_names_path_type_and_flags() {
        JsonObject a = attachment("cgroup:/system.slice/web.service/inet_egress/2");
        assertEquals("/system.slice/web.service", a.get("cgroup").getAsString());
        assertEquals("cgroup_inet_egress", a.get("attach_type").getAsString());
        assertEquals("[\"multi\"]", a.get("flags").toString());
        assertEquals(5, a.get("revision").getAsInt());
        assertEquals(2, a.get("position").getAsInt());
        assertFalse(a.has("interface"));
    }

    @Test
    void an_inferred_owner_says_why() {
        JsonObject owner =
                attachment("eth0/tcx/ingress/1").getAsJsonArray("owners").get(0).getAsJsonObject();
        assertEquals("map", owner.get("holds").getAsString());
        assertEquals("it holds map 40 of the program", owner.get("inferred").getAsString());
        assertEquals("3f4e8a1c9b2d", owner.get("container").getAsString());
    }

    @Test
    void a_slot_names_the_dispatcher_it_is_in() {
        JsonObject slot = attachment("eth1/xdp/slot:1");
        assertEquals("freplace", slot.get("hook").getAsString());
        assertEquals(1, slot.get("slot").getAsInt());
        assertEquals(5001, slot.get("target_prog_id").getAsInt());
    }

    @Test
    void strings_are_exact_and_their_bytes_are_safe() {
        String text = text(Snapshots.edge());
        assertTrue(text.contains("\"prog_name\":\"a\\u001b[2J\\u202eb\\udcff\\u009b\""), text);
        text.codePoints()
                .forEach(c -> assertTrue(c == '\n' || !Character.isISOControl(c), () -> Integer.toHexString(c)));
        assertEquals(Snapshots.HOSTILE, byId("programs", 7001).get("name").getAsString());
    }

    @Property
    void any_string_comes_back_as_it_was(@ForAll String name) {
        Snapshot snapshot =
                new SnapshotBuilder().program(1, ProgType.XDP, "x" + name).build();
        JsonObject program = parsed(snapshot).getAsJsonArray("programs").get(0).getAsJsonObject();
        assertEquals("x" + name, program.get("name").getAsString());
    }

    @Test
    void ids_and_counters_are_unsigned() {
        assertTrue(text(Snapshots.edge()).contains("\"run_count\":18446744073709551615,"));
        assertTrue(text(Snapshots.edge()).contains("\"id\":4294967280,"));
        assertEquals(4294967295L, byId("maps", 41).get("max_entries").getAsLong());
    }

    @Test
    void bpfbay_s_own_objects_are_marked_and_no_others() {
        long own = EDGE.getAsJsonArray("programs").asList().stream()
                .filter(p -> p.getAsJsonObject().has("own"))
                .count();
        assertEquals(1, own);
        assertTrue(Snapshots.edge().isOwn(ObjectId.prog(0xfffffff0)));
    }

    @Test
    void a_program_has_every_field() {
        assertEquals(
                new TreeSet<>(Set.of(
                        "id",
                        "type",
                        "name",
                        "tag",
                        "gpl",
                        "loaded_at",
                        "uid",
                        "bytes_xlated",
                        "bytes_jited",
                        "bytes_memlock",
                        "map_ids",
                        "btf_id",
                        "verified_insns",
                        "attached",
                        "fingerprint",
                        "functions",
                        "run_count",
                        "run_time_ns",
                        "runs_per_second",
                        "ns_per_run",
                        "owners",
                        "pins")),
                new TreeSet<>(byId("programs", 3815).keySet()));
        assertFalse(byId("programs", 4027).get("attached").getAsBoolean());
    }

    @Test
    void a_link_says_what_it_is_attached_to() {
        JsonObject link = byId("links", 130);
        assertEquals("/system.slice/web.service", link.get("cgroup").getAsString());
        assertEquals(5001, byId("links", 121).get("target_prog_id").getAsInt());
        assertEquals(Snapshots.BLUE_NETNS, byId("links", 140).get("netns").getAsLong());
        JsonObject dead = byId("links", 144);
        assertTrue(dead.get("detached").getAsBoolean());
        assertFalse(dead.has("ifindex"));
        assertEquals("link_type_77", byId("links", 143).get("type").getAsString());
    }

    @Test
    void counters_are_left_out_while_nothing_counts() {
        Snapshot quiet = new SnapshotBuilder().program(1, ProgType.XDP, "x").build();
        assertFalse(parsed(quiet)
                .getAsJsonArray("programs")
                .get(0)
                .getAsJsonObject()
                .has("run_count"));
    }

    private static JsonObject attachment(String ref) {
        return attachment(EDGE, ref);
    }

    private static JsonObject attachment(JsonObject of, String ref) {
        for (JsonElement a : of.getAsJsonArray("attachments")) {
            if (a.getAsJsonObject().get("ref").getAsString().equals(ref)) {
                return a.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + ref);
    }

    private static JsonObject byId(String array, long id) {
        for (JsonElement a : EDGE.getAsJsonArray(array)) {
            if (a.getAsJsonObject().get("id").getAsLong() == id) {
                return a.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + id);
    }

    private static JsonObject parsed(Snapshot snapshot) {
        return JsonParser.parseString(text(snapshot)).getAsJsonObject();
    }

    private static String text(Snapshot snapshot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotJson.write(snapshot, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
