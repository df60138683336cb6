package bpfbay.diagnose;

/** What a rule says of one survey, with what it takes to say it of the next. */
interface Answer {
    Diagnosis diagnosis();

    /** That to the later survey, which differs in so much from the one that this is about. */
    Answer after(Stirred stirred);

    /** Of a rule that looks at everything each time. */
    record Whole(Rule rule, Diagnosis diagnosis) implements Answer {
        @Override
        public Answer after(Stirred stirred) {
            return new Whole(rule, rule.judge(stirred.after()));
        }
    }
}
