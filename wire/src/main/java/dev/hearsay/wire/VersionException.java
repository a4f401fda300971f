package dev.hearsay.wire;

/** A file was written by a program of another version, and in another format. The message says which, and which this program reads. */
public final class VersionException extends WireException {

    VersionException(String what, long version, long readVersion) {
        super(what + " of version " + version + "; this program reads version " + readVersion);
    }
}
