package bpfbay.export;

import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why facts are missing, as the field {@code missing}: the usual reason of each fact once for the whole
 * document, and at an element only a reason that is another.
 */
final class MissingJson {
    static final String REVISION = "revision";
    static final String EXPECTED_ATTACH_TYPE = "expected_attach_type";
    static final String FINGERPRINT = "fingerprint";
    static final String FUNCTIONS = "functions";
    static final String NATIVE_XDP = "native_xdp";
    static final String OWNERSHIP = "ownership";
    static final String SLOTS = "slots";

    private final Json json;
    private final Map<String, Reading<?>> usual = new LinkedHashMap<>();
    private final Map<String, Reading<?>> here = new LinkedHashMap<>();

    /** The usual reason is the first one. */
    MissingJson(Json json, List<NetInterface> interfaces, List<Attachment> attachments, List<Program> programs) {
        this.json = json;
        for (NetInterface device : interfaces) {
            usual(NATIVE_XDP, device.nativeXdp());
        }
        for (Attachment attachment : attachments) {
            usual(REVISION, attachment.revision());
        }
        for (Program program : programs) {
            usual(EXPECTED_ATTACH_TYPE, program.expectedAttachType());
            usual(FINGERPRINT, program.fingerprint());
            usual(FUNCTIONS, program.functions());
        }
    }

    MissingJson(Json json, Snapshot snapshot) {
        this(json, snapshot.interfaces(), snapshot.attachments(), snapshot.programs());
        usual(SLOTS, snapshot.index().slots());
        usual(OWNERSHIP, snapshot.index().ownership());
    }

    void usual(String field, Reading<?> reading) {
        if (!(reading instanceof Reading.Value<?>)) {
            usual.putIfAbsent(field, reading);
        }
    }

    /** The usual reasons, for the document. */
    void document() {
        write(usual);
    }

    /** Notes the fact of the element being written. */
    MissingJson fact(String field, Reading<?> reading) {
        if (!(reading instanceof Reading.Value<?>) && !reading.equals(usual.get(field))) {
            here.put(field, reading);
        }
        return this;
    }

    /** What was noted of this element. */
    void element() {
        write(here);
        here.clear();
    }

    private void write(Map<String, Reading<?>> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        json.object("missing");
        for (Map.Entry<String, Reading<?>> reason : reasons.entrySet()) {
            json.object(reason.getKey());
            if (reason.getValue() instanceof Reading.Unsupported<?> r) {
                json.put("unsupported", r.since());
            } else if (reason.getValue() instanceof Reading.Denied<?> r) {
                json.put("denied", r.capability());
            } else if (reason.getValue() instanceof Reading.NotAsked<?> r) {
                json.put("not_asked", r.why());
            } else {
                json.put("gone", true);
            }
            json.end();
        }
        json.end();
    }
}
