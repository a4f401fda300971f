/**
 * JMH benchmarks of single parts: {@link dev.hearsay.bench.micro.MessageJsonBenchmark}, {@link
 * dev.hearsay.bench.micro.EventQueueBenchmark}, {@link dev.hearsay.bench.micro.NodeStepBenchmark}.
 */
@NullMarked
package dev.hearsay.bench.micro;

import org.jspecify.annotations.NullMarked;
