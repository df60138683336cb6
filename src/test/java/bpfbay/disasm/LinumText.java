package bpfbay.disasm;

/** A line as {@code bpftool prog dump xlated … linum} prints it. */
final class LinumText implements CodeLine.Cases<String> {
    static String of(Disassembly disassembly) {
        StringBuilder out = new StringBuilder();
        for (CodeLine line : disassembly.lines()) {
            out.append(line.match(new LinumText())).append('\n');
        }
        return out.toString();
    }

    @Override
    public String onFunction(CodeLine.Function line) {
        return line.text();
    }

    @Override
    public String onSource(CodeLine.Source line) {
        return line.textWithPlace();
    }

    @Override
    public String onInstruction(CodeLine.Instruction line) {
        return line.text();
    }

    @Override
    public String onLeftover(CodeLine.Leftover line) {
        return line.text();
    }
}
