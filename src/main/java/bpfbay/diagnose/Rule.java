package bpfbay.diagnose;

/** One thing that may be wrong with a host. Pure: the same scene gives the same answer. */
interface Rule {
    Diagnosis judge(Scene scene);
}
