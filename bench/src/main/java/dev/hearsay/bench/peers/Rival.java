package dev.hearsay.bench.peers;

/** The systems that are compared. */
enum Rival {
    SCALECUBE("ScaleCube 2.7.7"),
    JGROUPS("JGroups 5.5.7, TCP");

    private final String label;

    Rival(String label) {
        this.label = label;
    }

    /** How people know it. */
    String label() {
        return label;
    }

    Contender contender() {
        return switch (this) {
            case SCALECUBE -> new ScaleCube();
            case JGROUPS -> new JGroups();
        };
    }
}
