package dev.hearsay.cli.base;

import dev.hearsay.cli.output.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an output format. */
public final class FormatConverter implements ITypeConverter<Format> {

    @Override
    public Format convert(String text) {
        for (Format format : Format.values()) {
            if (format.toString().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new TypeConversionException("'" + text + "' is not a format; use table, json, jsonl or csv");
    }
}
