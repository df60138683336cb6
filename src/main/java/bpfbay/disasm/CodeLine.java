package bpfbay.disasm;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Bytes;
import java.util.Optional;
import java.util.OptionalInt;

/** One line of a {@link Disassembly}. Its {@code index} counts slots of eight bytes from 0, as jumps do. */
public sealed interface CodeLine {

    /** The line as bpftool prints it. */
    String text();

    /** Calls the one case of {@code cases} that fits this line. */
    <R> R match(Cases<R> cases);

    /** One answer for each kind of line. */
    interface Cases<R> {
        R onFunction(Function line);

        R onSource(Source line);

        R onInstruction(Instruction line);

        R onLeftover(Leftover line);
    }

    /** A function starts here; {@code signature} in C: {@code int xdp_fw(struct xdp_md * ctx)}. */
    record Function(int index, String name, String signature) implements CodeLine {
        public Function {
            requireNonNull(name, "name");
            requireNonNull(signature, "signature");
        }

        @Override
        public String text() {
            return signature + ":";
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onFunction(this);
        }
    }

    /** The source line that the next instructions come from, without its indentation; compilers use line 0 for none. */
    record Source(Optional<String> file, int line, int column, String source) implements CodeLine {
        public Source {
            requireNonNull(file, "file");
            requireNonNull(source, "source");
        }

        @Override
        public String text() {
            return "; " + source;
        }

        /** With the place, as {@code bpftool prog dump xlated … linum} prints it. */
        public String textWithPlace() {
            return "; " + source + " [file:" + file.orElse("") + " line_num:" + line + " line_col:" + column + "]";
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onSource(this);
        }
    }

    /**
     * One instruction: {@code instruction} is what it does ({@code (b7) r0 = 1}), {@code raw} its 8 or 16
     * bytes, {@code target} the index it jumps to, calls or points at, where that is inside the program.
     */
    record Instruction(int index, Bytes raw, String instruction, OptionalInt target) implements CodeLine {
        public Instruction {
            requireNonNull(raw, "raw");
            requireNonNull(instruction, "instruction");
            requireNonNull(target, "target");
        }

        @Override
        public String text() {
            String number = Integer.toString(index);
            return " ".repeat(Math.max(0, 4 - number.length())) + number + ": " + instruction;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onInstruction(this);
        }
    }

    /** Bytes behind the last whole slot, which are no instruction. */
    record Leftover(int index, Bytes raw) implements CodeLine {
        public Leftover {
            requireNonNull(raw, "raw");
        }

        @Override
        public String text() {
            return "; " + raw.size() + " bytes left over: " + raw;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.onLeftover(this);
        }
    }
}
