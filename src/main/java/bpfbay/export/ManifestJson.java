package bpfbay.export;

import bpfbay.diagnose.Manifest;
import bpfbay.diagnose.Manifest.Build;
import bpfbay.diagnose.Manifest.Declared;
import bpfbay.diagnose.Manifest.Filter;
import bpfbay.diagnose.Manifest.Hook;
import bpfbay.diagnose.Manifest.Where;
import java.io.OutputStream;
import java.util.Optional;

/** What should run, as a file to keep with what is shipped: {@code bpfbay/manifest/1}. */
public final class ManifestJson {
    public static final String SCHEMA = "bpfbay/manifest/1";

    private ManifestJson() {}

    /** One object on one line; failing to write is an UncheckedIOException. */
    public static void write(Manifest manifest, OutputStream out) {
        Json json = new Json(out);
        json.object().put("schema", SCHEMA).array("hooks");
        for (Hook hook : manifest.hooks()) {
            where(hook.where(), json.object());
            json.array("programs");
            for (Declared declared : hook.programs()) {
                declared(declared, json.object());
                json.end();
            }
            json.end().end();
        }
        json.end().end().finish();
    }

    private static void where(Where where, Json json) {
        json.put("hook", where.hook())
                .put("netns", where.netns())
                .putText("on", where.on())
                .putText("side", where.side());
    }

    private static void declared(Declared declared, Json json) {
        json.put("name", declared.name());
        Optional<Build> build = declared.build();
        if (build.isPresent() && build.get().file().isPresent()) {
            json.put("object", build.get().file());
        } else if (build.isPresent()) {
            json.put("fingerprint", build.get().fingerprint());
        }
        json.put("mode", declared.mode());
        if (declared.filter().isPresent()) {
            Filter filter = declared.filter().get();
            json.u32("priority", filter.priority())
                    .u32("handle", filter.handle())
                    .u32("chain", filter.chain())
                    .put("protocol", filter.protocol());
        }
    }
}
