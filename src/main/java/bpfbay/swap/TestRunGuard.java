package bpfbay.swap;

/** What the candidate says to sample packets, beside what the live program says. */
final class TestRunGuard implements Guard {
    @Override
    public GuardResult check(Inspection inspection) {
        return GuardResult.notApplicable(GuardName.TEST_RUN, "not asked for");
    }
}
