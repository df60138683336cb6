package bpfbay.cli;

import bpfbay.disasm.CodeLine;
import bpfbay.disasm.Disassembly;
import bpfbay.export.Fact;
import bpfbay.export.FactText;
import bpfbay.export.Facts;
import bpfbay.export.ShellCommands;
import bpfbay.export.ShowJson;
import bpfbay.kernel.Kernel;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** {@code bpfbay show}. */
record ShowCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            Snapshot snapshot = Picture.take(kernel, surroundings);
            Named named = Lookup.find(invocation.operand().orElseThrow(), snapshot);
            List<String> code = invocation.has(Option.XLATED) ? code(named, kernel) : List.of();
            return named.match(new Printing(snapshot, code));
        }
    }

    private List<String> code(Named named, Kernel kernel) {
        OptionalInt program = named.match(new ProgramOf());
        if (program.isEmpty()) {
            throw invocation.wrong("--xlated: " + invocation.operand().orElseThrow() + " has no program");
        }
        Disassembly code = Disassembly.of(kernel.dump(program.getAsInt()));
        List<String> lines = new ArrayList<>();
        code.problem().ifPresent(problem -> lines.add("; " + problem));
        code.lines().forEach(line -> lines.add(text(line)));
        return lines;
    }

    private static String text(CodeLine line) {
        return line instanceof CodeLine.Source source ? source.textWithPlace() : line.text();
    }

    /** The program whose instructions are meant. */
    private record ProgramOf() implements Named.Cases<OptionalInt> {
        @Override
        public OptionalInt attachment(Attachment attachment) {
            return attachment.progId();
        }

        @Override
        public OptionalInt program(Program program) {
            return OptionalInt.of(program.id());
        }

        @Override
        public OptionalInt link(Link link) {
            return OptionalInt.of(link.progId());
        }

        @Override
        public OptionalInt map(BpfMap map) {
            return OptionalInt.empty();
        }

        @Override
        public OptionalInt pin(Pin pin) {
            return pin.object().kind() == ObjectId.Kind.PROG
                    ? OptionalInt.of(pin.object().id())
                    : OptionalInt.empty();
        }
    }

    private final class Printing implements Named.Cases<ExitCode> {
        private final Snapshot snapshot;
        private final List<String> code;

        Printing(Snapshot snapshot, List<String> code) {
            this.snapshot = snapshot;
            this.code = code;
        }

        @Override
        public ExitCode attachment(Attachment attachment) {
            List<Fact> facts = Facts.of(attachment, snapshot);
            List<String> commands = ShellCommands.of(attachment, snapshot);
            return isJson() ? done(() -> json().write(attachment, facts, commands)) : text(facts, commands);
        }

        @Override
        public ExitCode program(Program program) {
            List<Fact> facts = Facts.of(program, snapshot);
            List<String> commands = ShellCommands.of(program);
            return isJson() ? done(() -> json().write(program, facts, commands)) : text(facts, commands);
        }

        @Override
        public ExitCode link(Link link) {
            List<Fact> facts = Facts.of(link, snapshot);
            List<String> commands = ShellCommands.of(link);
            return isJson() ? done(() -> json().write(link, facts, commands)) : text(facts, commands);
        }

        @Override
        public ExitCode map(BpfMap map) {
            List<Fact> facts = Facts.of(map, snapshot);
            List<String> commands = ShellCommands.of(map);
            return isJson() ? done(() -> json().write(map, facts, commands)) : text(facts, commands);
        }

        @Override
        public ExitCode pin(Pin pin) {
            List<Fact> facts = Facts.of(pin, snapshot);
            List<String> commands = ShellCommands.of(pin);
            return isJson() ? done(() -> json().write(pin, facts, commands)) : text(facts, commands);
        }

        private boolean isJson() {
            return invocation.has(Option.JSON);
        }

        private ShowJson json() {
            return new ShowJson(snapshot, code, surroundings.out());
        }

        private ExitCode text(List<Fact> facts, List<String> commands) {
            return done(() -> Output.print(surroundings.out(), FactText.of(facts, commands, code)));
        }

        private ExitCode done(Runnable printing) {
            printing.run();
            return ExitCode.DONE;
        }
    }
}
