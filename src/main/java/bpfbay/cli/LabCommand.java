package bpfbay.cli;

import bpfbay.export.Escaper;
import bpfbay.export.Json;
import bpfbay.lab.Incident;
import bpfbay.lab.Lab;
import bpfbay.lab.LabOptions;
import bpfbay.lab.LabStatus;
import bpfbay.swap.Pause;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code bpfbay lab}. */
record LabCommand(Invocation invocation, Surroundings surroundings, Pause pause) {
    private static final String SCHEMA = "bpfbay/lab/1";

    ExitCode run() {
        String action = invocation.operand().orElseThrow();
        if (invocation.has(Option.INTERFACES) && !action.equals("up")) {
            throw invocation.wrong("--interfaces goes with up");
        }
        boolean isOfIncident = action.equals("break") || action.equals("mend");
        if (invocation.operands().size() > 1 && !isOfIncident) {
            throw invocation.wrong("unexpected '" + invocation.operands().get(1) + "'");
        }
        Optional<Incident> incident = isOfIncident ? Optional.of(incident()) : Optional.empty();
        LabOptions options = options();
        Lab lab = new Lab(surroundings.kernels().loader(), options);
        switch (action) {
            case "up" -> report(lab.up(this::progress), "the lab is up already");
            case "break" -> stage(lab, incident.orElseThrow());
            case "mend" -> mend(lab, incident.orElseThrow());
            case "down" -> report(lab.down(), "there is no lab");
            default -> print(lab.status());
        }
        return ExitCode.DONE;
    }

    private Incident incident() {
        if (invocation.operands().size() < 2) {
            throw invocation.wrong(invocation.operands().get(0) + " needs the number of an incident: " + numbers());
        }
        String number = invocation.operands().get(1);
        return Incident.of(number)
                .orElseThrow(() -> invocation.wrong("there is no incident '" + number + "': " + numbers()));
    }

    private static String numbers() {
        return "1 to " + Incident.values().length;
    }

    private void stage(Lab lab, Incident incident) {
        report(
                lab.stage(incident, pause::passes, this::progress),
                "incident " + incident.number() + " is staged already: lab mend " + incident.number() + " undoes it");
    }

    private void mend(Lab lab, Incident incident) {
        report(lab.mend(incident), "incident " + incident.number() + " is not staged");
    }

    private LabOptions options() {
        Optional<String> number = invocation.value(Option.INTERFACES);
        return number.isEmpty() ? LabOptions.SHOWCASE : LabOptions.fleet(interfaces(number.get()));
    }

    private int interfaces(String number) {
        if (number.matches("[0-9]{1,6}")) {
            int value = Integer.parseInt(number);
            if (value >= 1 && value <= LabOptions.MOST_INTERFACES) {
                return value;
            }
        }
        throw invocation.wrong("--interfaces '" + number + "' is no number from 1 to " + LabOptions.MOST_INTERFACES);
    }

    private void progress(String line) {
        Output.print(surroundings.err(), Escaper.escape(line) + "\n");
    }

    private void report(Lab.Outcome outcome, String nothingToDo) {
        if (outcome.deed() == Lab.Deed.NOTHING_TO_DO) {
            progress(nothingToDo);
        }
        print(outcome.status());
    }

    private void print(LabStatus status) {
        if (invocation.has(Option.JSON)) {
            writeJson(status);
        } else {
            Output.print(surroundings.out(), text(status));
        }
    }

    private static String text(LabStatus status) {
        StringBuilder out = new StringBuilder();
        line(out, "lab", state(status));
        line(out, "netns", status.netns());
        line(out, "cgroup", status.cgroup());
        line(out, "pins", status.pinFolder().map(folder -> status.pins() + " in " + folder));
        line(out, "bpffs", status.mounted().map(path -> "mounted for it at " + path));
        List<String> interfaces = status.interfaces();
        if (!interfaces.isEmpty()) {
            int shown = Math.min(6, interfaces.size());
            line(
                    out,
                    "interfaces",
                    interfaces.size() + ": " + String.join(" ", interfaces.subList(0, shown))
                            + (interfaces.size() > shown ? " …" : ""));
        }
        status.processes().forEach(p -> line(out, "process", p.name() + " " + p.pid() + " " + word(p.life())));
        status.staged().forEach(incident -> line(out, "incident", incident.number() + ": " + incident.title()));
        status.leftOut().forEach(left -> line(out, "left out", left.what() + ": " + left.why()));
        if (status.state() == LabStatus.State.UP) {
            line(out, "look", "bpfbay --netns " + status.name());
        }
        return out.toString();
    }

    private static String state(LabStatus status) {
        return switch (status.state()) {
            case UP -> status.name() + " is up";
            case DOWN -> status.name() + " is down";
            case DAMAGED -> status.name() + " is damaged: lab down removes what is left, lab up makes it anew";
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder out, String label, Optional<?> value) {
        value.ifPresent(v -> line(out, label, v.toString()));
    }

    private static void line(StringBuilder out, String label, String value) {
        out.append(String.format(Locale.ROOT, "%-11s%s%n", label, Escaper.escape(value)));
    }

    private void writeJson(LabStatus status) {
        Json json = new Json(surroundings.out());
        json.object()
                .put("schema", SCHEMA)
                .put("name", status.name())
                .put("state", word(status.state()))
                .put("netns", status.netns().map(Path::toString))
                .put("cgroup", status.cgroup().map(Path::toString))
                .put("pin_folder", status.pinFolder().map(Path::toString))
                .put("pins", status.pins())
                .put("mounted", status.mounted().map(Path::toString));
        json.array("interfaces");
        status.interfaces().forEach(json::element);
        json.end().array("processes");
        for (LabStatus.LabProcess p : status.processes()) {
            json.object()
                    .put("name", p.name())
                    .put("pid", p.pid())
                    .put("running", p.life() == LabStatus.Life.RUNNING)
                    .end();
        }
        json.end().array("left_out");
        for (LabStatus.LeftOut left : status.leftOut()) {
            json.object().put("what", left.what()).put("why", left.why()).end();
        }
        json.end().array("incidents");
        for (Incident incident : status.staged()) {
            json.object()
                    .put("number", incident.number())
                    .put("title", incident.title())
                    .end();
        }
        json.end().end().finish();
    }
}
