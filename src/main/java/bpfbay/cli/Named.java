package bpfbay.cli;

import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.Pin;
import bpfbay.model.Program;

/** What an argument of {@code show} names. */
sealed interface Named {
    <R> R match(Cases<R> cases);

    /** One answer for each kind. */
    interface Cases<R> {
        R attachment(Attachment attachment);

        R program(Program program);

        R link(Link link);

        R map(BpfMap map);

        R pin(Pin pin);
    }

    record OfAttachment(Attachment attachment) implements Named {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.attachment(attachment);
        }
    }

    record OfProgram(Program program) implements Named {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.program(program);
        }
    }

    record OfLink(Link link) implements Named {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.link(link);
        }
    }

    record OfMap(BpfMap map) implements Named {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.map(map);
        }
    }

    record OfPin(Pin pin) implements Named {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.pin(pin);
        }
    }
}
