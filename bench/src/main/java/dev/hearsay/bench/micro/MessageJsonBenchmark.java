package dev.hearsay.bench.micro;

import dev.hearsay.core.Message;
import dev.hearsay.wire.MessageJson;
import dev.hearsay.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The body of a {@code PUT /gossip} with 32 rumors; times are per rumor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageJsonBenchmark {

    private static final int BATCH = 32;

    private final MessageJson codec = new MessageJson();
    private final List<Message> messages =
            LongStream.rangeClosed(1, BATCH).<Message>mapToObj(Rumors::gossip).toList();
    private final byte[] encoded = body(codec, messages);

    private static byte[] body(MessageJson codec, List<Message> messages) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(MessageJson.batchStart(Rumors.SENDER));
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(codec.write(messages.get(i)));
        }
        body.writeBytes(MessageJson.batchEnd());
        return body.toByteArray();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public byte[] encode() {
        return body(codec, messages);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public MessageJson.Batch decode() throws WireException {
        return codec.readBatch(encoded);
    }
}
