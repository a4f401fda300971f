package dev.hearsay.live.transport;

/** What a node is told of strangers' mistakes: the first few of each second, and how many more there were. */
final class Complaints {

    private static final int PER_SECOND_MAX = 3;

    private final Transport.Receiver receiver;
    private int told;
    private long untold;

    Complaints(Transport.Receiver receiver) {
        this.receiver = receiver;
    }

    void tell(String reason) {
        if (told < PER_SECOND_MAX) {
            told++;
            receiver.refused(reason);
        } else {
            untold++;
        }
    }

    /** Called every second. */
    void endSecond() {
        told = 0;
        if (untold > 0) {
            long more = untold;
            untold = 0;
            tell(more + " more complaints in one second");
        }
    }
}
