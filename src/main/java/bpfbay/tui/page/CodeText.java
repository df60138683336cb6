package bpfbay.tui.page;

import bpfbay.disasm.CodeLine;
import bpfbay.disasm.Disassembly;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import java.util.ArrayList;
import java.util.List;

/** A program's instructions with the source lines they come from. */
public final class CodeText {
    private CodeText() {}

    public static List<Line> of(Disassembly code) {
        List<Line> lines = new ArrayList<>(code.lines().size() + 3);
        lines.add(Line.EMPTY);
        lines.add(Line.of(
                " Instructions",
                Ink.TITLE,
                "  xlated, " + code.instructions() + ", as the verifier left them",
                Ink.DIM));
        code.problem().ifPresent(problem -> lines.add(Line.of(" " + problem, Ink.WARN)));
        for (CodeLine line : code.lines()) {
            lines.add(line.match(new CodeLine.Cases<>() {
                @Override
                public Line onFunction(CodeLine.Function function) {
                    return Line.of(" " + function.text(), Ink.GROUP);
                }

                @Override
                public Line onSource(CodeLine.Source source) {
                    return Line.of(" " + source.text(), Ink.ACCENT, place(source), Ink.DIM);
                }

                @Override
                public Line onInstruction(CodeLine.Instruction instruction) {
                    return Line.of(" " + instruction.text(), Ink.TEXT);
                }

                @Override
                public Line onLeftover(CodeLine.Leftover leftover) {
                    return Line.of(" " + leftover.text(), Ink.WARN);
                }
            }));
        }
        return lines;
    }

    private static String place(CodeLine.Source source) {
        if (source.line() == 0) {
            return "";
        }
        String file = source.file().orElse("");
        return "  " + file.substring(file.lastIndexOf('/') + 1) + ":" + source.line();
    }
}
