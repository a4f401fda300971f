package dev.hearsay.cli.base;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the help of a command says beside its options. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Manual {

    /** Command lines to copy, each as {@code command # what it does}. */
    String[] examples();

    /** What the command may end with, of {@link ExitCode}. */
    int[] exitCodes() default {ExitCode.DONE, ExitCode.USAGE};
}
