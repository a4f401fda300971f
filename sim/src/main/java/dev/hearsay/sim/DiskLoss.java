package dev.hearsay.sim;

import org.jspecify.annotations.Nullable;

/** What a crash does to the disk of a node, beside losing what was not durable yet. */
public enum DiskLoss {
    /** Nothing: the disk keeps what it has said it keeps. */
    NONE(""),
    /** The last write is torn: of what was being written a part is on the disk, which has not said so; of the last commit perhaps its beginning only. */
    TORN_WRITE("torn-write"),
    /** The disk has lied: some of the last commits are gone, though it had said that they were durable. */
    LOST_TAIL("lost-tail"),
    /** An old page is back: what was saved from some time on is gone, up to the end or while what came later is there, as in an older copy of all, or of a part. */
    OLD_PAGE("old-page"),
    /** Everything is gone. */
    ALL("no-disk");

    private final String word;

    DiskLoss(String word) {
        this.word = word;
    }

    /** The loss of this word, as in {@link #toString}; null if there is none. */
    static @Nullable DiskLoss find(String word) {
        for (DiskLoss loss : values()) {
            if (loss.word.equals(word)) {
                return loss;
            }
        }
        return null;
    }

    /** Whether a node may have forgotten what it has told others, or answered to whoever asked. */
    boolean breaksPromises() {
        return this != NONE && this != TORN_WRITE;
    }

    /** As options name it; empty for {@link #NONE}. */
    @Override
    public String toString() {
        return word;
    }
}
