package dev.hearsay.cli.output;

/** In which form a command prints its data. */
public enum Format {
    /** Aligned columns, for people. */
    TABLE,
    /** One document. */
    JSON,
    /** One row a line, as it comes. */
    JSONL,
    /** RFC 4180, with a header. */
    CSV;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
        return switch (this) {
            case TABLE -> "table";
            case JSON -> "json";
            case JSONL -> "jsonl";
            case CSV -> "csv";
        };
    }
}
