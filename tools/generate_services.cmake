# Makes the service headers that are shipped of the models in MODELS, in OUT, with the program GENERATOR.
set(ec2_operations
  AllocateAddress AssociateAddress AttachVolume AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress
  CopyImage CreateImage CreateKeyPair CreateLaunchTemplate CreateSecurityGroup CreateSnapshot CreateSubnet CreateTags
  CreateVolume CreateVpc DeleteKeyPair DeleteSecurityGroup DeleteSnapshot DeleteSubnet DeleteTags DeleteVolume DeleteVpc
  DeregisterImage DescribeAddresses DescribeAvailabilityZones DescribeImages DescribeInstanceStatus
  DescribeInstanceTypes DescribeInstances DescribeKeyPairs DescribeNetworkInterfaces DescribeRegions
  DescribeRouteTables DescribeSecurityGroups DescribeSnapshots DescribeSubnets DescribeTags DescribeVolumes
  DescribeVpcs DetachVolume ModifyInstanceAttribute RebootInstances ReleaseAddress RevokeSecurityGroupIngress
  RunInstances StartInstances StopInstances TerminateInstances)

# Text that programs know as plain from the time when only answers had these.
set(identitystore_plain Name,Email,Address,PhoneNumber)

file(GLOB models ${MODELS}/*.json)
foreach(model IN LISTS models)
  get_filename_component(stem ${model} NAME_WE)
  string(REPLACE "-" "_" name ${stem})
  set(options "")
  if(DEFINED ${name}_operations)
    list(JOIN ${name}_operations "," operations)
    list(APPEND options --operations ${operations})
  endif()
  if(DEFINED ${name}_plain)
    list(APPEND options --plain ${${name}_plain})
  endif()
  set(addition ${CMAKE_CURRENT_LIST_DIR}/generator/additions/${stem}.json)
  if(EXISTS ${addition})
    list(APPEND options --with ${addition})
  endif()
  execute_process(COMMAND ${GENERATOR} --model ${model} --namespace ${name} --out ${OUT} ${options}
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
