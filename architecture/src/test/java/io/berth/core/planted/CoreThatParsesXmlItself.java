package io.berth.core.planted;

import javax.xml.stream.XMLInputFactory;

/** An offender that the architecture test must catch. */
public final class CoreThatParsesXmlItself {

    private CoreThatParsesXmlItself() {}

    static Object parser() {
        return XMLInputFactory.newDefaultFactory();
    }
}
