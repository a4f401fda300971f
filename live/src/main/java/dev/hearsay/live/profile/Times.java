package dev.hearsay.live.profile;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Wall-clock times as the logs of the two networks write them: local, to the second. */
final class Times {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final DateTimeFormatter IN_FILE_NAMES =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Times() {}

    /** {@code 2026-02-24 20:32:48}. */
    static String of(long micros) {
        return SECONDS.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** {@code 20260224_203248}. */
    static String inFileName(Instant instant) {
        return IN_FILE_NAMES.format(instant);
    }
}
