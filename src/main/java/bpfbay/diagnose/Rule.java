package bpfbay.diagnose;

import java.util.Set;

/** One thing that may be wrong with a host. Pure: the same survey gives the same answer. */
interface Rule {
    Code code();

    /** What the answer rests on; while none of it is another, neither is the answer. */
    Set<Input> inputs();

    Diagnosis judge(Survey survey);

    /** The same, to be kept for the surveys to come. */
    default Answer answer(Survey survey) {
        return new Answer.Whole(this, judge(survey));
    }

    /** A part of the scene. */
    enum Input {
        /** What is attached, loaded, pinned and held. */
        OBJECTS,
        /** Which cgroups there are. */
        CGROUPS,
        /** What was counted. */
        ACTIVITY,
        PAST,
        DECLARED
    }
}
