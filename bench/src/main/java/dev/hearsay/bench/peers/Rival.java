package dev.hearsay.bench.peers;

import java.nio.file.Path;

/** The systems that are compared. */
enum Rival {
    SCALECUBE("ScaleCube 2.7.7"),
    JGROUPS("JGroups 5.5.7, TCP"),
    HEARSAY("Hearsay, in memory"),
    HEARSAY_DURABLE("Hearsay, durable");

    private final String label;

    Rival(String label) {
        this.label = label;
    }

    /** How people know it. */
    String label() {
        return label;
    }

    /**
     * A network of it, not started.
     *
     * @param folder where it may keep what it wants to keep
     */
    Contender contender(Path folder) {
        return switch (this) {
            case SCALECUBE -> new ScaleCube();
            case JGROUPS -> new JGroups();
            case HEARSAY -> new Hearsay(null);
            case HEARSAY_DURABLE -> new Hearsay(folder.resolve("data"));
        };
    }
}
