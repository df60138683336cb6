package bpfbay.cli;

import bpfbay.export.Escaper;
import bpfbay.export.Json;
import bpfbay.export.SnapshotJson;
import bpfbay.export.Table;
import bpfbay.kernel.Feature;
import bpfbay.kernel.FeatureProbes;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.model.Host;
import bpfbay.probe.Capability;
import bpfbay.probe.Checkup;
import bpfbay.probe.Doctor;
import java.util.Locale;

/** {@code bpfbay doctor}. */
record DoctorCommand(Invocation invocation, Surroundings surroundings) {
    private static final String SCHEMA = "bpfbay/doctor/1";

    ExitCode run() {
        Checkup checkup = Doctor.examine(host(), surroundings.kernels().probes(Picture.loading(invocation)));
        if (invocation.has(Option.JSON)) {
            writeJson(checkup);
        } else {
            Output.print(surroundings.out(), text(checkup));
        }
        return checkup.isBlind() ? ExitCode.NOT_POSSIBLE : ExitCode.DONE;
    }

    private Host host() {
        try (Kernel kernel = surroundings.kernels().open(Loading.NOTHING)) {
            return kernel.host();
        }
    }

    private static String text(Checkup checkup) {
        StringBuilder out = new StringBuilder();
        Host host = checkup.host();
        out.append(Escaper.escape(host.name() + "  kernel " + host.kernel() + "  libbpf " + host.libbpf()))
                .append("\n\n");
        Table conditions = new Table("HOST", "", "WHAT IS MISSED");
        checkup.conditions().forEach(c -> conditions.row(c.name(), c.value(), c.cost()));
        conditions.print(out);
        out.append('\n');
        Table capabilities = new Table("CAPABILITY", "", "WITHOUT IT BPFBAY");
        for (Capability capability : Capability.values()) {
            boolean isHeld = checkup.held().contains(capability);
            capabilities.row(capability.name(), isHeld ? "held" : "missing", isHeld ? "" : capability.cost());
        }
        capabilities.print(out);
        out.append('\n');
        Table features = new Table("FEATURE", "", "WHY", "WHAT IS MISSED");
        for (Feature feature : Feature.values()) {
            FeatureProbes.Result result = checkup.features().get(feature);
            if (result != null) {
                features.row(
                        feature.label(),
                        result.state().label(),
                        result.detail(),
                        isMissed(result) ? feature.cost() : "");
            }
        }
        features.print(out);
        return out.toString();
    }

    private static boolean isMissed(FeatureProbes.Result result) {
        return result.state() == FeatureProbes.State.MISSING || result.state() == FeatureProbes.State.DENIED;
    }

    private void writeJson(Checkup checkup) {
        Json json = new Json(surroundings.out());
        json.object().put("schema", SCHEMA);
        SnapshotJson.host(checkup.host(), json);
        json.array("conditions");
        for (Checkup.Condition c : checkup.conditions()) {
            json.object()
                    .put("name", c.name())
                    .put("value", c.value())
                    .put("good", c.verdict() == Checkup.Verdict.GOOD)
                    .putText("missed", c.cost())
                    .end();
        }
        json.end().array("capabilities");
        for (Capability capability : Capability.values()) {
            capability(json, capability, checkup);
        }
        json.end().array("features");
        for (Feature feature : Feature.values()) {
            feature(json, feature, checkup);
        }
        json.end().end().finish();
    }

    private static void capability(Json json, Capability capability, Checkup checkup) {
        boolean isHeld = checkup.held().contains(capability);
        json.object()
                .put("name", capability.name())
                .put("held", isHeld)
                .putText("missed", isHeld ? "" : capability.cost())
                .end();
    }

    private static void feature(Json json, Feature feature, Checkup checkup) {
        FeatureProbes.Result result = checkup.features().get(feature);
        if (result != null) {
            json.object()
                    .put("name", feature.name().toLowerCase(Locale.ROOT))
                    .put("label", feature.label())
                    .put("state", result.state().label())
                    .putText("why", result.detail())
                    .putText("missed", isMissed(result) ? feature.cost() : "")
                    .end();
        }
    }
}
