# Runs one CASE of the model generator's tests.
file(REMOVE_RECURSE ${SCRATCH})
file(MAKE_DIRECTORY ${SCRATCH})
set(weather ${SOURCE}/tests/data/models/weather.json)

# Runs the generator; fails unless it ends with that status and says those words.
function(expect status words)
  execute_process(COMMAND ${GENERATOR} ${ARGN}
    RESULT_VARIABLE ended OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT ended EQUAL status)
    message(FATAL_ERROR "ended with ${ended}, not ${status}:\n${said}")
  endif()
  string(FIND "${said}" "${words}" found)
  if(found EQUAL -1)
    message(FATAL_ERROR "does not say \"${words}\" but:\n${said}")
  endif()
endfunction()

function(same one other)
  execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${one} ${other} RESULT_VARIABLE differs)
  if(differs)
    message(FATAL_ERROR "${one} is not ${other}; make it again with the target generate_services")
  endif()
endfunction()

# Refuses the model after `from` in it has become `to`, naming the shape, and writes nothing.
function(refuse words from to)
  file(READ ${weather} text)
  string(REPLACE "${from}" "${to}" broken "${text}")
  if(broken STREQUAL text)
    message(FATAL_ERROR "there is no ${from} in the model")
  endif()
  file(WRITE ${SCRATCH}/broken.json "${broken}")
  expect(1 "${words}" --model ${SCRATCH}/broken.json --namespace broken --out ${SCRATCH}/out)
  if(EXISTS ${SCRATCH}/out/broken.hpp)
    message(FATAL_ERROR "a header was written in spite of: ${words}")
  endif()
endfunction()

if(CASE STREQUAL shipped_headers)
  if(NOT CONFORMANCE)
    message("skipped: AWSXX_CONFORMANCE_DIR not set")
    return()
  endif()
  execute_process(COMMAND ${CMAKE_COMMAND} -D GENERATOR=${GENERATOR} -D MODELS=${CONFORMANCE}/models
    -D OUT=${SCRATCH} -P ${SOURCE}/tools/generate_services.cmake COMMAND_ERROR_IS_FATAL ANY)
  file(GLOB headers RELATIVE ${SCRATCH} ${SCRATCH}/*.hpp)
  foreach(header IN LISTS headers)
    same(${SOURCE}/include/awsxx/services/${header} ${SCRATCH}/${header})
  endforeach()
elseif(CASE STREQUAL same_twice)
  foreach(time IN ITEMS first second)
    expect(0 "3 of 3 operations" --model ${weather} --namespace weather --out ${SCRATCH}/${time})
  endforeach()
  same(${SCRATCH}/first/weather.hpp ${SCRATCH}/second/weather.hpp)
elseif(CASE STREQUAL error_codes)
  expect(0 "3 of 3 operations" --model ${weather} --namespace weather --out ${SCRATCH})
  file(READ ${SCRATCH}/weather.hpp header)
  foreach(text IN ITEMS ".retried = {\"\", \"StationBusy Weather.Busy\"}"
      "model::match::error, \"StationBusy Weather.Busy\"" "model::match::error, \"NoSuchStation\"")
    string(FIND "${header}" "${text}" found)
    if(found EQUAL -1)
      message(FATAL_ERROR "there is no ${text} in\n${header}")
    endif()
  endforeach()
elseif(CASE STREQUAL refused_traits)
  set(of_get "example.weather#GetStation: its")
  refuse("${of_get} trait smithy.api#http is no object"
    "\"smithy.api#http\": {\"method\": \"GET\", \"uri\": \"/stations/{stationId}\"}" "\"smithy.api#http\": \"GET\"")
  refuse("${of_get} trait smithy.api#http has no uri" "\"uri\": \"/stations/{stationId}\"" "\"url\": \"/\"")
  refuse("the uri of its trait smithy.api#http is no text" "\"uri\": \"/stations/{stationId}\"" "\"uri\": 7")
  refuse("example.weather#ListStations: the items of its trait smithy.api#paginated is no text"
    "\"items\": \"stations\"" "\"items\": {}")
  refuse("example.weather#ListStationsInput$maxResults: its trait smithy.api#httpQuery is no text"
    "\"smithy.api#httpQuery\": \"maxResults\"" "\"smithy.api#httpQuery\": {}")
  refuse("the throttling of its trait smithy.api#retryable is neither true nor false"
    "\"throttling\": true" "\"throttling\": \"yes\"")
  refuse("example.weather#GetStation: its errors are no list of targets"
    "\"errors\": [{\"target\": \"example.weather#NoSuchStation\"}" "\"errors\": [\"NoSuchStation\"")
  refuse("example.weather#StationState$READY: its default 7 is no value of its type, enum"
    "\"smithy.api#enumValue\": \"READY\"" "\"smithy.api#enumValue\": 7")
elseif(CASE STREQUAL refused_uris)
  set(uri "/stations/{stationId}")
  refuse("example.weather#GetStation: its URI /stations/{station} has the label station"
    "${uri}" "/stations/{station}")
  refuse("example.weather#GetStationInput: its member stationId is no label of the URI /stations" "${uri}" "/stations")
  refuse("its URI stations/{stationId} does not begin with a slash" "${uri}" "stations/{stationId}")
  refuse("its URI /stations/{stationId has braces that do not belong together" "${uri}" "/stations/{stationId")
  refuse("its URI /stations?id={stationId} has a label in its query" "${uri}" "/stations?id={stationId}")
elseif(CASE STREQUAL refused_waiters)
  set(of_ready "example.weather#GetStation: ")
  refuse("${of_ready}the acceptor of its waiter StationReady has the state done};"
    "\"state\": \"success\"" "\"state\": \"done};\"")
  refuse("${of_ready}the matcher of the acceptor of its waiter StationReady has the comparator like"
    "stringEquals" "like")
  refuse("${of_ready}the matcher of the acceptor of its waiter StationReady is not one of Smithy's"
    "{\"errorType\": \"NoSuchStation\"}" "{\"failure\": true}")
  refuse("${of_ready}the minDelay of its waiter StationReady is no whole number" "\"minDelay\": 1" "\"minDelay\": \"1\"")
elseif(CASE STREQUAL refused_defaults)
  set(of_days "example.weather#StartForecastInput$days: its default ")
  refuse("${of_days}3000000000 is no value of its type, integer" "\"smithy.api#default\": 3" "\"smithy.api#default\": 3000000000")
  refuse("${of_days}1.5 is no value of its type, integer" "\"smithy.api#default\": 3" "\"smithy.api#default\": 1.5")
  refuse("${of_days}\"3\" is no value of its type, integer" "\"smithy.api#default\": 3" "\"smithy.api#default\": \"3\"")
elseif(CASE STREQUAL refused_models)
  refuse("example.weather#Nothing: is not in the model" "{\"target\": \"example.weather#Readings\"}"
    "{\"target\": \"example.weather#Nothing\"}")
  refuse("example.weather#Readings: its type lists is not known" "\"type\": \"list\"" "\"type\": \"lists\"")
  refuse("is not JSON" "\"shapes\"" "\"shapes")
  refuse("this is no Smithy model" "\"smithy\"" "\"smythi\"")
  refuse("Smithy 1.0 is not understood" "\"smithy\": \"2.0\"" "\"smithy\": \"1.0\"")
  refuse("example.weather#Weather: speaks no protocol" "aws.protocols#restJson1" "aws.protocols#smoke")
  refuse("example.weather#StartForecast: has no binding to HTTP"
    "\"traits\": {\"smithy.api#http\": {\"method\": \"POST\"" "\"traits\": {\"smithy.api#ftp\": {\"method\": \"POST\"")
  expect(1 "shape Sunshine: the service has no such operation"
    --model ${weather} --namespace weather --out ${SCRATCH}/out --operations Sunshine)
  expect(1 "no_such_file.json cannot be read"
    --model ${SCRATCH}/no_such_file.json --namespace weather --out ${SCRATCH}/out)
elseif(CASE STREQUAL wrong_usage)
  expect(2 "are needed" --model ${weather})
  expect(2 "no option --colour" --colour red)
  expect(2 "is no name for a namespace" --model ${weather} --namespace delete --out ${SCRATCH})
else()
  message(FATAL_ERROR "no such case: ${CASE}")
endif()
