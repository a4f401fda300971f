package dev.hearsay.live.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The write-ahead log of SQLite as it lies on the disk. SQLite takes it up to the first frame whose checksum is wrong and passes over the rest without a
 * word; so whoever wants to know whether something that was committed is lost by that must look before SQLite does. The format is that of
 * <a href="https://www.sqlite.org/fileformat2.html#the_write_ahead_log">the manual</a>, section 4.
 */
final class SqliteLog {

    private static final int MAGIC = 0x377f0682;
    private static final int HEADER_BYTES = 32;
    private static final int CHECKED_HEADER_BYTES = 24;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int CHECKED_FRAME_BYTES = 8;
    private static final int PAGE_BYTES_MAX = 65_536;

    private final ByteOrder order;
    private int sum1;
    private int sum2;

    private SqliteLog(ByteOrder order) {
        this.order = order;
    }

    /**
     * How many commits in the log will not be taken, because something before them, or they themselves, are damaged. If the header is, it may not be known how many these are: at
     * least one.
     */
    static int lostCommits(Path file) throws IOException {
        long left = Files.exists(file) ? Files.size(file) - HEADER_BYTES : 0;
        if (left <= 0) {
            return 0;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            ByteBuffer header = read(in, HEADER_BYTES);
            int pageBytes = header.getInt(8);
            if ((header.getInt(0) | 1) != (MAGIC | 1)
                    || pageBytes < 512
                    || pageBytes > PAGE_BYTES_MAX
                    || Integer.bitCount(pageBytes) != 1) {
                return 1;
            }
            SqliteLog log = new SqliteLog((header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            log.add(header, CHECKED_HEADER_BYTES);
            boolean isWhole = log.isAt(header, CHECKED_HEADER_BYTES);
            boolean isHeaderWhole = isWhole;
            int lost = 0;
            for (; left >= FRAME_HEADER_BYTES + pageBytes; left -= FRAME_HEADER_BYTES + pageBytes) {
                ByteBuffer frame = read(in, FRAME_HEADER_BYTES);
                ByteBuffer page = read(in, pageBytes);
                boolean isOfThisLog = frame.getLong(8) == header.getLong(16);
                log.add(frame, CHECKED_FRAME_BYTES);
                log.add(page, pageBytes);
                isWhole &= isOfThisLog && log.isAt(frame, 16);
                boolean isCommit = frame.getInt(4) != 0;
                lost += !isWhole && isOfThisLog && isCommit ? 1 : 0;
            }
            return isHeaderWhole ? lost : Math.max(1, lost);
        }
    }

    private static ByteBuffer read(DataInputStream in, int bytes) throws IOException {
        byte[] read = new byte[bytes];
        in.readFully(read);
        return ByteBuffer.wrap(read);
    }

    private void add(ByteBuffer bytes, int length) {
        ByteBuffer words = bytes.duplicate().order(order);
        for (int i = 0; i < length; i += 2 * Integer.BYTES) {
            sum1 += words.getInt(i) + sum2;
            sum2 += words.getInt(i + Integer.BYTES) + sum1;
        }
    }

    private boolean isAt(ByteBuffer bytes, int at) {
        return bytes.getInt(at) == sum1 && bytes.getInt(at + Integer.BYTES) == sum2;
    }
}
